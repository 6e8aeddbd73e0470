using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 陪办 — one step of going through the procedure together with the applicant, with its day. A track of its own beside the reply clock: it
/// neither stops the clock nor ends with it, and the applicant sees it.
/// </summary>
public sealed class CompanionStep
{
    private CompanionStep() { }

    internal static CompanionStep Plan(Guid id, CaseId caseId, int number, string text, DateOnly on, Actor by, DateTimeOffset at) => new()
    {
        Id = id,
        CaseId = caseId,
        Number = number,
        Text = text,
        PlannedOn = on,
        Companion = by.Name,
        PlannedAt = at,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>1, 2, 3 … within the case.</summary>
    public int Number { get; private set; }
    public string Text { get; private set; } = "";
    public DateOnly PlannedOn { get; private set; }

    /// <summary>陪办人, by name: the applicant knows who goes along.</summary>
    public string Companion { get; private set; } = "";
    public DateTimeOffset PlannedAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public string? DoneBy { get; private set; }
    public string? Result { get; private set; }

    internal void Finish(string result, Actor by, DateTimeOffset at)
    {
        if (DoneAt is not null) throw new RefusedException("companion.done");
        (DoneAt, DoneBy, Result) = (at, by.Name, result);
    }
}

/// <summary>约好下一步陪办 — possible after the reply and after the case was closed: the companion track outlives the clock.</summary>
public sealed record PlanCompanionStep(CaseId CaseId, string Text, DateOnly? On) : IStep;

/// <summary>陪办走完一步.</summary>
public sealed record FinishCompanionStep(Guid Id, string Result) : IStep;

internal sealed class CompanionHandler(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock)
    : IRequestHandler<PlanCompanionStep, Unit>, IRequestHandler<FinishCompanionStep, Unit>
{
    public async Task<Unit> Handle(PlanCompanionStep request, CancellationToken cancellationToken)
    {
        var serviceCase = await CaseOfAsync(request.CaseId, cancellationToken);
        var faults = new Dictionary<string, string>();
        var text = request.Text.Trim();
        TypedText.Check(faults, "text", text, "还没写这一步做什么。", CaseLimits.ShortText);
        if (request.On is not { } on) faults["on"] = "还没写哪一天。";
        else if (on < ShanghaiTime.DayOf(step.Now)) faults["on"] = "这一天已经过了。要约的写今天或以后；已经陪着办过的，记成“联系群众”。";
        if (faults.Count > 0) throw new FormRejectedException(faults);
        var number = await db.CompanionSteps.CountAsync(s => s.CaseId == serviceCase.Id, cancellationToken) + 1;
        db.CompanionSteps.Add(CompanionStep.Plan(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, number, text, request.On!.Value, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.CompanionPlanned, ("step", number), ("on", request.On));
        return Unit.Value;
    }

    public async Task<Unit> Handle(FinishCompanionStep request, CancellationToken cancellationToken)
    {
        var caseId = await db.CompanionSteps.Where(s => s.Id == request.Id).Select(s => (CaseId?)s.CaseId).SingleOrDefaultAsync(cancellationToken) ?? throw new RefusedException("companion.unknown");

        // The case first: its version is what two who finish the same step collide on, so the step must not be older than the case.
        var serviceCase = await CaseOfAsync(caseId, cancellationToken);
        var one = await db.CompanionSteps.SingleAsync(s => s.Id == request.Id, cancellationToken);
        var result = request.Result.Trim();
        if (TypedText.FaultOf(result, "还没写办得怎么样。", CaseLimits.ShortText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["result"] = fault });
        one.Finish(result, step.Actor, step.Now);
        journal.Write(serviceCase, JournalKinds.CompanionDone, ("step", one.Number));
        return Unit.Value;
    }

    private async Task<ServiceCase> CaseOfAsync(CaseId id, CancellationToken ct)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead);
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new RefusedException("case.unknown");
        return await CaseAccess.MaySeeAsync(db, serviceCase, step.Actor, ct) ? serviceCase : throw new RefusedException("case.unknown");
    }
}

internal sealed class CompanionStepTable : IEntityTypeConfiguration<CompanionStep>
{
    public void Configure(EntityTypeBuilder<CompanionStep> builder)
    {
        builder.ToTable("companion_steps");
        builder.HasKey(s => s.Id);
        builder.HasIndex(s => new { s.CaseId, s.Number }).IsUnique();
        builder.Property(s => s.Text).HasMaxLength(CaseLimits.ShortText);
        builder.Property(s => s.Companion).HasMaxLength(40);
        builder.Property(s => s.DoneBy).HasMaxLength(40);
        builder.Property(s => s.Result).HasMaxLength(CaseLimits.ShortText);
    }
}
