using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Intake;

/// <summary>
/// 对窗口不满意 — said by the citizen themselves on the look-up page. It becomes a case of its own, which the window and the station do not
/// see; who says it and how to reach them is taken over sealed from the case it is about, so nothing is asked twice.
/// </summary>
/// <param name="CaseId">The case that number and query code opened.</param>
public sealed record SayAboutWindow(CaseId CaseId, string Text) : IStep<AcceptedCase>;

internal sealed class SayAboutWindowHandler(DeskDb db, IFlows flows, FieldCipher cipher, CaseJournal journal, StepScope step, TimeProvider clock) : IRequestHandler<SayAboutWindow, AcceptedCase>
{
    /// <summary>While one is looked into a second says nothing new; and nobody fills the supervisors' inbox from one case.</summary>
    private const int Most = 2;

    public async Task<AcceptedCase> Handle(SayAboutWindow request, CancellationToken cancellationToken)
    {
        if (step.Actor.Kind is not ActorKind.Citizen) throw new RefusedException("intake.complaint-elsewhere");
        var text = request.Text.Trim().ReplaceLineEndings("\n");
        if (TypedText.FaultOf(text, "还没写哪里不满意。", CaseLimits.LongText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { [nameof(request.Text)] = fault });

        // Two at once from one case come one after the other here: the second finds the first.
        await db.Cases.Where(c => c.Id == request.CaseId).ExecuteUpdateAsync(c => c.SetProperty(x => x.Number, x => x.Number), cancellationToken);
        var about = await db.Cases.SingleAsync(c => c.Id == request.CaseId, cancellationToken);
        var earlier = await db.Cases.Where(c => c.PhoneIndex == about.PhoneIndex && c.RelatedTo == about.Id && c.About == CaseAbout.Window).ToListAsync(cancellationToken);
        if (earlier.Find(c => c.State is CaseState.Open) is { } open) return new AcceptedCase(open.Id, open.Number, open.DueOn ?? open.AcceptedOn, false, WasThere: true);
        if (earlier.Count >= Most || about.About is CaseAbout.Window) throw new RefusedException("intake.said-enough");

        // Whoever will look into it is also whom the citizen can ring.
        var contact = await db.Staff.Where(s => s.Active && s.Roles.Contains(Roles.Supervisor)).OrderBy(s => s.Login).FirstOrDefaultAsync(cancellationToken) ?? throw new RefusedException("intake.nobody-looks");
        var today = ShanghaiTime.DayOf(step.Now);
        var said = ServiceCase.Accept(CaseId.Next(clock), CaseNumber.Make(today, await CaseSerials.TakeAsync(db, today, cancellationToken)), [], new CaseIntake
        {
            SubmissionKey = Guid.CreateVersion7(step.Now),
            Subject = "对窗口的意见",
            Story = text,
            ApplicantKind = about.ApplicantKind,
            ApplicantName = about.ApplicantName,
            MaskedName = about.MaskedName,
            Phone = about.Phone,
            PhoneIndex = about.PhoneIndex,
            MaskedPhone = about.MaskedPhone,
            CareFlags = about.CareFlags,
            Channel = Channel.Online,
            Difficulty = Difficulty.Simple,
            About = CaseAbout.Window,
            RelatedTo = about.Id,
            FirstContact = contact.Id,
            FirstContactName = contact.Name,
            FirstContactPhone = contact.Phone,
            WindowUnitCode = contact.UnitCode,
        }, step.Now, today);
        said.IssueQueryCode(QueryCode.Hash(cipher, said.Number, QueryCode.Draw()));
        db.Cases.Add(said);
        journal.Write(said, JournalKinds.Accepted, ("number", said.Number), ("difficulty", said.Difficulty), ("about", said.About));
        await flows.StartAsync(new FlowStart(FlowNames.CaseHandling) { CorrelationId = said.Id.ToString(), Name = said.Number }, cancellationToken);
        return new AcceptedCase(said.Id, said.Number, said.DueOn ?? today, false, WasThere: false);
    }
}
