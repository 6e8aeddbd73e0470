using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>从旁边启动 — a person asks for an extension, a pause or a withdrawal; the flow of its own decides what happens then.</summary>
/// <param name="EventName">One of <see cref="CaseEvents"/>.</param>
public sealed record StartSideFlow(CaseId CaseId, string EventName, JsonObject? Payload) : IStep;

internal sealed class StartSideFlowHandler(DeskDb db, IFlows flows, CaseJournal journal, DeadlineBook deadlines, StepScope step) : IRequestHandler<StartSideFlow, Unit>
{
    public async Task<Unit> Handle(StartSideFlow request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        if (!CaseEvents.AskedByPeople.Contains(request.EventName)) throw new RefusedException("flow.event-unknown");
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (serviceCase.About is CaseAbout.Window) step.Actor.Require(Roles.Supervisor, Roles.BureauLeader);
        else step.Actor.Require(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead);
        if (serviceCase.State is CaseState.Closed && request.EventName != CaseEvents.NotSolved) throw new RefusedException("case.closed");
        await GuardOnceAsync(serviceCase, request.EventName, cancellationToken);
        AskedRules.Guard(serviceCase, request.EventName, request.Payload, await deadlines.PolicyAsync(cancellationToken), step.Now);
        journal.Write(serviceCase, JournalKinds.SideFlowStarted, ("event", request.EventName));
        var started = await flows.PublishEventAsync(request.EventName, serviceCase.Id.ToString(), request.Payload, step.Now, cancellationToken);
        if (started == 0) throw new RefusedException("flow.nobody-listens");
        if (request.EventName == CaseEvents.NotSolved && !serviceCase.ReplyOwed)
        {
            // What was delivered no longer counts, whatever the flow made of it. After the flow: it asks whether the case was closed.
            serviceCase.ReopenAnswer();
            journal.Write(serviceCase, JournalKinds.Reopened, ("due", serviceCase.DueOn));
        }

        return Unit.Value;
    }

    /// <summary>Asked before and not decided yet: a second one would be approved, told and counted a second time. What the citizen says (没解决) may be said again.</summary>
    private async ValueTask GuardOnceAsync(ServiceCase serviceCase, string eventName, CancellationToken ct)
    {
        if (eventName == CaseEvents.NotSolved) return;
        var correlation = serviceCase.Id.ToString();
        var listening = db.Set<FlowTriggerRow>().Where(t => t.Payload != null && t.Payload.Contains(eventName)).Select(t => t.DefinitionId);
        var running = await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.CorrelationId == correlation && i.Status == FlowStatus.Running && listening.Contains(i.DefinitionId)).Select(i => i.Id).ToListAsync(ct);
        if (running.Count == 0) return;
        var tasks = await db.InboxTasks.AsNoTracking().Where(t => t.CaseId == serviceCase.Id && t.State == TaskState.Open && t.Purpose == TaskPurpose.Work).Select(t => new { t.InstanceId, t.Outcomes }).ToListAsync(ct);

        // One that only waits until somebody has seen how it ended, has ended.
        if (running.Exists(id => !tasks.Exists(t => t.InstanceId == id && t.Outcomes.Count == 1))) throw new RefusedException("flow.asked-already");
    }
}
