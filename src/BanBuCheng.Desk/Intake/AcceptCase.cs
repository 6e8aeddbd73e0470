using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Intake;

/// <summary>受理 — the window takes a case on: gives it a number and starts its flow.</summary>
/// <param name="SubmissionKey">Drawn with the blank form; posting the same form twice gives the same case.</param>
public sealed record AcceptCase(Guid SubmissionKey, IntakeForm Form) : IStep<AcceptedCase>;

/// <param name="NeededByWarning">True when the day the citizen needs it lies before the limit.</param>
public sealed record AcceptedCase(CaseId Id, string Number, DateOnly DueOn, bool NeededByWarning, bool WasThere);

internal sealed class AcceptCaseHandler(DeskDb db, IFlows flows, FieldCipher cipher, CaseJournal journal, DeadlineBook deadlines, StepScope step, TimeProvider clock)
    : IRequestHandler<AcceptCase, AcceptedCase>
{
    public async Task<AcceptedCase> Handle(AcceptCase request, CancellationToken cancellationToken)
    {
        var clerkId = step.Actor.RequirePerson();
        step.Actor.Require([.. Roles.Intake]);
        if (await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.SubmissionKey == request.SubmissionKey, cancellationToken) is { } before)
            return new AcceptedCase(before.Id, before.Number, before.DueOn ?? before.AcceptedOn, NeededByBefore(before), WasThere: true);

        var today = ShanghaiTime.DayOf(step.Now);
        var form = request.Form.Checked(today);
        await GuardBackdatingAsync(form, today, cancellationToken);
        if (form.About is CaseAbout.Window && IsOfTheWindow(step.Actor)) throw new RefusedException("intake.complaint-elsewhere");
        var related = form.RelatedNumber is { } about ? await db.Cases.AsNoTracking().Where(c => c.Number == about).Select(c => (CaseId?)c.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new FormRejectedException(new Dictionary<string, string> { [nameof(form.RelatedNumber)] = "没有这个编号的办件，请照着受理单或短信再核一遍。" }) : (CaseId?)null;
        var clerk = await db.Staff.SingleAsync(s => s.Id == clerkId, cancellationToken);
        var serviceCase = ServiceCase.Accept(CaseId.Next(clock), CaseNumber.Make(today, await CaseSerials.TakeAsync(db, today, cancellationToken)), [], new CaseIntake
        {
            SubmissionKey = request.SubmissionKey,
            Subject = form.Subject!,
            Story = form.Story!,
            OriginalItem = form.OriginalItem ?? "",
            OriginalWindow = form.OriginalWindow ?? "",
            VisitsBefore = form.VisitsBefore ?? 0,
            ApplicantKind = form.ApplicantKind,
            ApplicantName = cipher.Seal(form.ApplicantName!),
            MaskedName = form.ApplicantKind is ApplicantKind.Enterprise ? form.ApplicantName! : PersonName.Mask(form.ApplicantName!),
            Phone = cipher.Seal(form.Phone!),
            PhoneIndex = cipher.BlindIndex("phone", form.Phone!),
            MaskedPhone = PhoneNumber.Mask(form.Phone!),
            IdNumber = form.IdNumber is { Length: > 0 } id ? cipher.Seal(id) : null,
            IdNumberIndex = form.IdNumber is { Length: > 0 } number ? cipher.BlindIndex("id-number", number) : null,
            CareFlags = form.CareFlags,
            Channel = form.Channel,
            NeededBy = form.NeededBy,
            NeededByReason = form.NeededByReason ?? "",
            Difficulty = form.Difficulty,
            AcceptedOn = form.AcceptedOn,
            BackdateReason = form.BackdateReason ?? "",
            HandedOver = form.HandOver,
            About = form.About,
            RelatedTo = related,
            FirstContact = clerk.Id,
            FirstContactName = clerk.Name,
            FirstContactPhone = clerk.Phone,
            WindowUnitCode = clerk.UnitCode,
        }, step.Now, today);
        serviceCase.IssueQueryCode(QueryCode.Hash(cipher, serviceCase.Number, QueryCode.Draw()));
        db.Cases.Add(serviceCase);

        // The draft held name and telephone; from here on only the sealed case does.
        await db.TaskDrafts.Where(d => d.Key == request.SubmissionKey).ExecuteDeleteAsync(cancellationToken);
        journal.Write(serviceCase, JournalKinds.Accepted, ("number", serviceCase.Number), ("difficulty", serviceCase.Difficulty), ("neededBy", serviceCase.NeededBy),
            ("acceptedOn", serviceCase.AcceptedOn), ("backdated", serviceCase.IsBackdated));
        if (!form.Agent.IsBlank) AgentGuards.Name(db, journal, serviceCase, form.Agent.Told(cipher, today), step);
        foreach (var attachment in await db.Attachments.Where(a => a.Key == request.SubmissionKey && a.CaseId == null && a.KeptByLogin == step.Actor.Login).ToListAsync(cancellationToken))
        {
            attachment.BelongTo(serviceCase.Id);
            journal.Write(serviceCase, JournalKinds.AttachmentAdded, ("attachment", attachment.Id));
        }


        // Which date this is, the flow's StartClock says; this one is only for the receipt's warning when no clock started.
        await flows.StartAsync(new FlowStart(FlowNames.CaseHandling) { CorrelationId = serviceCase.Id.ToString(), Name = serviceCase.Number }, cancellationToken);
        var due = serviceCase.DueOn ?? deadlines.Calendar.Due(today, (await deadlines.PolicyAsync(cancellationToken)).LimitOf(serviceCase.Difficulty)).Date;
        return new AcceptedCase(serviceCase.Id, serviceCase.Number, due, NeededByBefore(serviceCase), WasThere: false);
    }

    private static bool NeededByBefore(ServiceCase serviceCase) => serviceCase.NeededBy is { } needed && serviceCase.DueOn is { } due && needed < due;

    /// <summary>Days of the real acceptance count; how far back, the policy says, and not everybody may.</summary>
    private async ValueTask GuardBackdatingAsync(IntakeForm form, DateOnly today, CancellationToken ct)
    {
        if (form.AcceptedOn is not { } real) return;
        step.Actor.Require(Roles.HelpWindow, Roles.StationHead);
        var within = (await deadlines.PolicyAsync(ct)).BackdateWithin.Value;
        if (deadlines.Calendar.Elapsed(real, today, []) > within)
            throw new FormRejectedException(new Dictionary<string, string> { [nameof(form.AcceptedOn)] = $"最多补录{within}个工作日以内的。更早的按今天受理，原来的情况写在“怎么办不成的”里。" });
    }

    /// <summary>A complaint about the help window is not taken by those it is about.</summary>
    private static bool IsOfTheWindow(Actor actor) => actor.Is(Roles.HelpWindow) || actor.Is(Roles.CaseOfficer) || actor.Is(Roles.StationHead);
}
