using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Coordination;

/// <summary>退单申请 — once per unit and case, within one working day of the receipt, with the rule it stands on and whose it is.</summary>
internal sealed class ReturnRecorder(CaseJournal journal, UnitReturns returns, DeadlineBook deadlines, StepScope step) : IFormRecorder
{
    /// <summary>收到以后几个工作日内可以退.</summary>
    public const int WithinDays = 1;

    public string Name => "Return";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (outcome != DepartmentTasksActivity.HandsBack) return;
        var unit = step.Actor.UnitCode;
        if (await returns.HasReturnedAsync(serviceCase, unit, ct)) throw new RefusedException("return.once", "outcome");
        var proposed = Text("proposedUnit");
        if (proposed == unit) throw new RefusedException("return.to-oneself", "proposedUnit");
        if (!await returns.KnowsAsync(proposed, ct)) throw new RefusedException("return.no-such-unit", "proposedUnit");
        var opened = returns.ReceivedAt(serviceCase, unit);
        if (deadlines.Calendar.Elapsed(ShanghaiTime.DayOf(opened), ShanghaiTime.DayOf(step.Now), []) > WithinDays) throw new RefusedException("return.too-late", "outcome");

        returns.Keep(CaseReturn.Of(Guid.CreateVersion7(step.Now), serviceCase.Id, unit, proposed, Text("opinion"), Text("returnBasis"), step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.UnitReturned, ("from", unit), ("proposed", proposed));

        string Text(string field) => answer[field]?.GetValue<string>() ?? "";
    }
}
