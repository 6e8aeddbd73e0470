using BanBuCheng.Desk.Cases;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Committee;

/// <summary>提级联合党委 — records that the station's strength was not enough, and why: an item for the committee's agenda.</summary>
internal sealed class EscalateActivity(FlowCases cases, CaseJournal journal, CommitteeAgenda agenda) : IActivity
{
    public const string TypeName = "BanBuCheng.Escalate";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        serviceCase.EnterStage(CaseStage.Committee);
        journal.Write(serviceCase, JournalKinds.Escalated);
        agenda.Raise(serviceCase, context.Input<string>("Reason") ?? "", context.Now);
        return Answer.Done;
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "提级联合党委", "办件")
    {
        Description = "服务站解决不了，报联合党委会商。",
        Inputs = [new("Reason", "String", "为什么提级", UiHint: "multiline")],
        Create = services => ActivatorUtilities.CreateInstance<EscalateActivity>(services),
    };
}
