using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>再试 — the broken step of a flow runs again.</summary>
public sealed record RetryIncident(Guid IncidentId, string Reason) : IStep;

/// <summary>从某一步接着走 — a whole flow that stopped goes on at one of its steps; what was done stays done.</summary>
/// <param name="NodePath">One of <see cref="FlowTrouble.Steps"/>.</param>
public sealed record GoOnFromStep(Guid IncidentId, string? NodePath, string Reason) : IStep;

/// <summary>跳过 — the broken step counts as done with this outcome; never for what keeps the promise.</summary>
/// <param name="Outcome">One of the ports drawn; null where none is drawn.</param>
public sealed record SkipIncident(Guid IncidentId, string? Outcome, string Reason) : IStep;

/// <summary>改变量再试 — sets a variable that the broken step sees, and runs it again.</summary>
/// <param name="Value">JSON; what is no JSON is a text.</param>
public sealed record RepairIncident(Guid IncidentId, string Variable, string Value, string Reason) : IStep;

/// <summary>取消流程 — ends one flow for good; refused while it is the one that still owes the citizen a reply.</summary>
public sealed record CancelFlow(Guid InstanceId, string Reason) : IStep;

/// <summary>What no operator may pass over: it is what the promise consists of.</summary>
public static class NeverSkipped
{
    public static IReadOnlyList<string> Types { get; } = [FlowNames.DeliverReply, StartClockActivity.TypeName, CloseCaseActivity.TypeName];

    /// <summary>Neither is it one of them, nor has it one of them inside.</summary>
    public static bool Allows(FlowTrouble trouble) => !trouble.Place.Types.Overlaps(Types);
}

/// <summary>What the acts of an operator have in common: whose right it is, why it is done, and where it is written down.</summary>
internal sealed class OperatorDesk(DeskDb db, FlowOperations operations, CaseJournal journal, StepScope step, TimeProvider clock)
{
    private const int MaxReason = 500;

    public FlowOperations Operations => operations;

    /// <returns>The remark for the flow's journal.</returns>
    public string Begin(string reason)
    {
        step.Actor.RequirePerson();
        step.Actor.Require([.. Roles.Operators]);
        if (TypedText.FaultOf(reason, "还没写为什么这样处理。", MaxReason) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["Reason"] = fault });
        return $"{step.Actor.Login}: {reason.Trim()}";
    }

    public async Task<FlowTrouble> OpenAsync(Guid incidentId, CancellationToken ct) =>
        await operations.OpenAsync(incidentId, ct) ?? throw new RefusedException("incident.settled");

    /// <summary>On the case's file, if it is a case's flow: the code in the chained journal, the words as an internal note.</summary>
    public async Task WriteDownAsync(string? correlationId, string kind, string what, string reason, CancellationToken ct, params (string, object?)[] facts)
    {
        if (!CaseId.TryParse(correlationId, out var id) || await db.Cases.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } serviceCase) return;
        journal.Write(serviceCase, kind, facts);
        db.CaseNotes.Add(CaseNote.Write(Guid.CreateVersion7(clock.GetUtcNow()), id, $"{what}：{reason.Trim()}", step.Actor, step.Now));
    }
}

internal sealed class RetryIncidentHandler(OperatorDesk desk) : IRequestHandler<RetryIncident, Unit>
{
    public async Task<Unit> Handle(RetryIncident request, CancellationToken cancellationToken)
    {
        var remark = desk.Begin(request.Reason);
        var trouble = await desk.OpenAsync(request.IncidentId, cancellationToken);
        // From its beginning it would do over all that was done: ask the units again, tell the citizen again.
        if (trouble.Steps.Count > 0) throw new RefusedException("incident.choose-a-step", "Step");
        await desk.WriteDownAsync(trouble.Instance.CorrelationId, JournalKinds.FlowMended, $"流程差错，再试“{trouble.Place.Caption}”", request.Reason, cancellationToken,
            ("act", "retried"), ("incident", request.IncidentId), ("activity", trouble.Place.ActivityId));
        if (!await desk.Operations.RetryAsync(trouble.Incident, remark, cancellationToken)) throw new RefusedException("incident.nothing-to-run");
        return Unit.Value;
    }
}

internal sealed class GoOnFromStepHandler(OperatorDesk desk) : IRequestHandler<GoOnFromStep, Unit>
{
    public async Task<Unit> Handle(GoOnFromStep request, CancellationToken cancellationToken)
    {
        var remark = desk.Begin(request.Reason);
        var trouble = await desk.OpenAsync(request.IncidentId, cancellationToken);
        if (trouble.Steps.FirstOrDefault(s => s.Path == request.NodePath) is not { } at) throw new RefusedException("incident.step-unknown", "Step");
        await desk.WriteDownAsync(trouble.Instance.CorrelationId, JournalKinds.FlowMended, $"流程停住了，从“{at.Caption}”接着走", request.Reason, cancellationToken,
            ("act", "gone-on"), ("incident", request.IncidentId), ("activity", at.ActivityId));
        if (!await desk.Operations.GoOnAtAsync(trouble.Incident, at.Path, remark, cancellationToken)) throw new RefusedException("incident.nothing-to-run");
        return Unit.Value;
    }
}

internal sealed class SkipIncidentHandler(OperatorDesk desk) : IRequestHandler<SkipIncident, Unit>
{
    public async Task<Unit> Handle(SkipIncident request, CancellationToken cancellationToken)
    {
        var remark = desk.Begin(request.Reason);
        var trouble = await desk.OpenAsync(request.IncidentId, cancellationToken);
        if (!NeverSkipped.Allows(trouble)) throw new RefusedException("incident.never-skipped");
        var outcome = string.IsNullOrEmpty(request.Outcome) ? null : request.Outcome;
        if (trouble.Outcomes.Count > 0 ? outcome is null || !trouble.Outcomes.Contains(outcome) : outcome is not null)
            throw new RefusedException("task.outcome-unknown", "Outcome");
        await desk.WriteDownAsync(trouble.Instance.CorrelationId, JournalKinds.FlowMended, $"流程差错，跳过“{trouble.Place.Caption}”", request.Reason, cancellationToken,
            ("act", "skipped"), ("incident", request.IncidentId), ("activity", trouble.Place.ActivityId), ("outcome", outcome));
        // Done is what the default outcome is called where it is drawn; the default also follows a connection without a port.
        if (!await desk.Operations.SkipAsync(trouble.Incident, outcome is null or "Done" ? [] : [outcome], remark, cancellationToken))
            throw new RefusedException("incident.nothing-to-run");
        return Unit.Value;
    }
}

internal sealed class RepairIncidentHandler(OperatorDesk desk) : IRequestHandler<RepairIncident, Unit>
{
    private const int MaxValue = 20_000;

    public async Task<Unit> Handle(RepairIncident request, CancellationToken cancellationToken)
    {
        var remark = desk.Begin(request.Reason);
        var trouble = await desk.OpenAsync(request.IncidentId, cancellationToken);
        if (request.Value.Length > MaxValue) throw new FormRejectedException(new Dictionary<string, string> { ["Value"] = $"写了 {request.Value.Length} 个字，最多 {MaxValue} 个。" });
        await desk.WriteDownAsync(trouble.Instance.CorrelationId, JournalKinds.FlowMended, $"流程差错，改变量“{request.Variable}”再试“{trouble.Place.Caption}”", request.Reason, cancellationToken,
            ("act", "repaired"), ("incident", request.IncidentId), ("activity", trouble.Place.ActivityId), ("variable", request.Variable));
        if (trouble.Steps.Count > 0) throw new RefusedException("incident.choose-a-step", "Step");
        if (!await desk.Operations.RepairVariableAsync(trouble.Incident, request.Variable, Json(request.Value), remark, cancellationToken))
            throw new RefusedException("incident.variable-unknown", "Variable");
        if (!await desk.Operations.RetryAsync(trouble.Incident, remark, cancellationToken)) throw new RefusedException("incident.nothing-to-run");
        return Unit.Value;
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 40 });
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

internal sealed class CancelFlowHandler(DeskDb db, OperatorDesk desk, InstanceOffers offers) : IRequestHandler<CancelFlow, Unit>
{
    public async Task<Unit> Handle(CancelFlow request, CancellationToken cancellationToken)
    {
        var remark = desk.Begin(request.Reason);
        var instance = await db.Set<FlowInstanceRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == request.InstanceId, cancellationToken) ?? throw new RefusedException("flow.ended");
        if (await offers.OwesReplyAsync(instance, cancellationToken)) throw new RefusedException("flow.case-owes-reply");
        await desk.WriteDownAsync(instance.CorrelationId, JournalKinds.FlowMended, "取消了这一件的一个流程", request.Reason, cancellationToken, ("act", "cancelled"), ("flow", instance.DefinitionId));
        if (!await desk.Operations.CancelAsync(request.InstanceId, remark, cancellationToken)) throw new RefusedException("flow.ended");
        return Unit.Value;
    }
}
