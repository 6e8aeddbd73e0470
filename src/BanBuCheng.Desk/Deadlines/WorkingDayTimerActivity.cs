using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>工作日定时 — goes on when the hall closes (or opens) on the n-th working day after today.</summary>
internal sealed class WorkingDayTimerActivity(DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.WorkingDayTimer";
    private const string AtOpening = "Opening", AtClose = "Close";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var days = context.Input<int>("WorkingDays");
        if (days < 0) throw new InvalidOperationException($"Expected zero or more working days, but found {days}.");
        var (on, at, _) = await deadlines.DueAsync(ShanghaiTime.DayOf(context.Now), days, ct);
        if (context.Input<string>("At") == AtOpening) at = (await deadlines.PolicyAsync(ct)).Hours.OpeningOf(on);
        return new Answer.Parked(Wait.Until(TypeName, at));
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "工作日定时", "办件")
    {
        Description = "等够几个工作日，到那天下班时（或一上班）继续。周末和节假日不数，调休上班的周末照数。",
        Inputs =
        [
            new("WorkingDays", "Int32", "几个工作日") { Required = true },
            new("At", "String", "那天什么时候", "不填就是下班时。", "dropdown") { Options = [(AtClose, "下班时"), (AtOpening, "一上班")] },
        ],
        Create = services => ActivatorUtilities.CreateInstance<WorkingDayTimerActivity>(services),
    };
}
