using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Intake;

/// <summary>登记委托书 — for a case that is open already.</summary>
public sealed record NameAgent(CaseId CaseId, AgentForm Agent) : IStep;

internal sealed class NameAgentHandler(DeskDb db, FieldCipher cipher, CaseJournal journal, StepScope step) : IRequestHandler<NameAgent, Unit>
{
    public async Task<Unit> Handle(NameAgent request, CancellationToken cancellationToken)
    {
        var serviceCase = await AgentGuards.OpenCaseAsync(db, request.CaseId, step.Actor, cancellationToken);
        var today = ShanghaiTime.DayOf(step.Now);
        if (request.Agent.IsBlank) throw new FormRejectedException(new Dictionary<string, string> { [nameof(AgentForm.AgentName)] = "还没写代办人是谁。" });
        if (request.Agent.Faults(today) is { Count: > 0 } faults) throw new FormRejectedException(faults);
        AgentGuards.Name(db, journal, serviceCase, request.Agent.Told(cipher, today), step);
        return Unit.Value;
    }
}

/// <summary>撤销委托 — what was done before stays done; nothing more is done on its strength.</summary>
public sealed record RevokeAgent(CaseId CaseId, Guid AuthorisationId) : IStep;

internal sealed class RevokeAgentHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<RevokeAgent, Unit>
{
    public async Task<Unit> Handle(RevokeAgent request, CancellationToken cancellationToken)
    {
        var serviceCase = await AgentGuards.OpenCaseAsync(db, request.CaseId, step.Actor, cancellationToken);
        var authorisation = await AgentGuards.FindAsync(db, request.CaseId, request.AuthorisationId, cancellationToken);
        authorisation.Revoke(step.Actor, step.Now);
        journal.Write(serviceCase, JournalKinds.AgentRevoked, ("authorisation", authorisation.Id));
        return Unit.Value;
    }
}

/// <summary>代办了一步 — recorded under both names, on the strength of an authorisation that holds today.</summary>
public sealed record RecordAgencyStep(CaseId CaseId, Guid AuthorisationId, string Text) : IStep;

internal sealed class RecordAgencyStepHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<RecordAgencyStep, Unit>
{
    /// <exception cref="RefusedException"><c>agent.not-authorised</c>: revoked, expired or not begun.</exception>
    public async Task<Unit> Handle(RecordAgencyStep request, CancellationToken cancellationToken)
    {
        var serviceCase = await AgentGuards.OpenCaseAsync(db, request.CaseId, step.Actor, cancellationToken);
        var text = request.Text.Trim();
        if (TypedText.FaultOf(text, "还没写代办了什么。", CaseLimits.LongText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["text"] = fault });
        var authorisation = await AgentGuards.FindAsync(db, request.CaseId, request.AuthorisationId, cancellationToken);
        if (!authorisation.HoldsOn(ShanghaiTime.DayOf(step.Now))) throw new RefusedException("agent.not-authorised");
        var done = AgencyStep.Done(Guid.CreateVersion7(step.Now), authorisation, serviceCase.MaskedName, text, step.Actor, step.Now);
        db.AgencySteps.Add(done);
        journal.Write(serviceCase, JournalKinds.DoneOnBehalf, ("authorisation", authorisation.Id), ("step", done.Id));
        return Unit.Value;
    }
}

internal static class AgentGuards
{
    public static async ValueTask<ServiceCase> OpenCaseAsync(DeskDb db, CaseId id, Actor actor, CancellationToken ct)
    {
        actor.RequirePerson();
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new RefusedException("case.unknown");
        if (serviceCase.FirstContact != actor.StaffId) actor.Require(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead);
        if (!await CaseAccess.MaySeeAsync(db, serviceCase, actor, ct)) throw new RefusedException("case.unknown");
        return serviceCase.State is CaseState.Closed ? throw new RefusedException("case.closed") : serviceCase;
    }

    public static async ValueTask<CaseAuthorisation> FindAsync(DeskDb db, CaseId caseId, Guid id, CancellationToken ct) =>
        await db.Authorisations.FirstOrDefaultAsync(a => a.Id == id && a.CaseId == caseId, ct) ?? throw new RefusedException("agent.unknown");

    public static void Name(DeskDb db, CaseJournal journal, ServiceCase serviceCase, AgentTold agent, StepScope step)
    {
        var authorisation = CaseAuthorisation.Give(Guid.CreateVersion7(step.Now), serviceCase.Id, agent, step.Actor, step.Now);
        db.Authorisations.Add(authorisation);
        journal.Write(serviceCase, JournalKinds.AgentNamed, ("authorisation", authorisation.Id), ("from", authorisation.From), ("until", authorisation.Until));
    }
}
