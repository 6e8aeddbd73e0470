using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Inbox;

/// <summary>记一次超期 — writes a red light down for the unit that has the case, and says so to the flow that asks that unit why.</summary>
internal sealed class RecordLateActivity(FlowCases cases, LateBook book, StepScope step) : IActivity
{
    public const string TypeName = "BanBuCheng.RecordLate";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        await book.RecordAsync(await cases.OfAsync(context, ct), context.InstanceId, ct);
        var correlation = context.CorrelationId;
        step.Afterwards(async (flows, token) => await flows.PublishEventAsync(CaseEvents.WentLate, correlation, null, step.Now, token));
        return Answer.Done;
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "记一次超期", "办件")
    {
        Description = "红灯亮了，记在现在手里有这一件的单位名下，留在案卷里；“超期原因”流程接着问它为什么。",
        Create = services => ActivatorUtilities.CreateInstance<RecordLateActivity>(services),
    };
}
