using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>从旁边启动 — a person asks for an extension, a pause or a withdrawal; the flow of its own decides what happens then.</summary>
/// <param name="EventName">One of <see cref="CaseEvents"/>.</param>
public sealed record StartSideFlow(CaseId CaseId, string EventName, JsonObject? Payload) : IStep;

internal sealed class StartSideFlowHandler(DeskDb db, IFlows flows, CaseJournal journal, StepScope step) : IRequestHandler<StartSideFlow, Unit>
{
    public async Task<Unit> Handle(StartSideFlow request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead);
        if (!CaseEvents.AskedByPeople.Contains(request.EventName)) throw new RefusedException("flow.event-unknown");
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (serviceCase.State is CaseState.Closed && request.EventName != CaseEvents.NotSolved) throw new RefusedException("case.closed");
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
}
