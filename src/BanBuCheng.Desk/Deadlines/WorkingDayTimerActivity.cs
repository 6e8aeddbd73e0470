using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>工作日定时 — goes on when the hall closes (or opens) on the n-th working day after today.</summary>
internal sealed class WorkingDayTimerActivity(DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.WorkingDayTimer";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var days = context.Input<int>("WorkingDays");
        if (days < 0) throw new InvalidOperationException($"Expected zero or more working days, but found {days}.");
        var (on, at, _) = await deadlines.DueAsync(ShanghaiTime.DayOf(context.Now), days, ct);
        if (context.Input<string>("Moment") == "Opening") at = (await deadlines.PolicyAsync(ct)).Hours.OpeningOf(on);
        return new Answer.Parked(Wait.Until(TypeName, at));
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "工作日定时", "办件")
    {
        Description = "等够几个工作日，到那天下班时（或上班时）继续。周末和节假日不数，调休上班的周末照数。",
        Inputs =
        [
            new("WorkingDays", "Int32", "几个工作日") { Required = true },
            new("Moment", "String", "那天的什么时候", "不填就是下班时。", "dropdown") { Options = [("Close", "下班时"), ("Opening", "上班时")] },
        ],
        Create = services => ActivatorUtilities.CreateInstance<WorkingDayTimerActivity>(services),
    };
}
