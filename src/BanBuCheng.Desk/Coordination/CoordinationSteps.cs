using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Coordination;

/// <summary>加请一家单位 — in the middle of the coordination; what the others do goes on, and so does the clock.</summary>
public sealed record AskAnotherUnit(CaseId CaseId, string Unit, string Request) : IStep;

internal sealed class AskAnotherUnitHandler(DeskDb db, IFlows flows, CaseJournal journal, StepScope step) : IRequestHandler<AskAnotherUnit, Unit>
{
    public async Task<Unit> Handle(AskAnotherUnit request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.StationHead, Roles.CaseOfficer);
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "request", request.Request, "还没写请他们做什么。", 1000);
        if (!await db.OfficeUnits.AnyAsync(u => u.Code == request.Unit && u.Active && u.Kind == UnitKind.Department, cancellationToken)) faults["unit"] = "请从列出的单位里选一家。";
        if (faults.Count > 0) throw new FormRejectedException(faults);
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (serviceCase.State is CaseState.Closed) throw new RefusedException("case.closed");
        if (await db.InboxTasks.AnyAsync(t => t.CaseId == request.CaseId && t.AssignedUnit == request.Unit && t.State == Inbox.TaskState.Open && t.Purpose == Inbox.TaskPurpose.Department, cancellationToken)) throw new RefusedException("unit.asked-already", "unit");

        if (request.Unit != serviceCase.LeadUnit && !serviceCase.AssistingUnits.Contains(request.Unit) && serviceCase.LeadUnit is { } lead)
            serviceCase.AssignUnits(lead, [.. serviceCase.AssistingUnits, request.Unit]);
        journal.Write(serviceCase, JournalKinds.UnitAdded, ("unit", request.Unit));
        var payload = new JsonObject { ["unit"] = request.Unit, ["request"] = request.Request.Trim() };
        // Kept for nobody: without a coordination in progress there is nothing to add to.
        if (await flows.PublishEventAsync(UnitReturns.UnitAsked, serviceCase.Id.ToString(), payload, step.Now, cancellationToken) == 0) throw new RefusedException("unit.no-coordination");
        return Unit.Value;
    }
}

/// <summary>记一次咨询上级 — what was asked of whom and what they said. It stops no clock.</summary>
public sealed record RecordConsultation(CaseId CaseId, string Unit, string Person, DateOnly? On, string Question, string Answer, string Basis) : IStep;

internal sealed class RecordConsultationHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<RecordConsultation, Unit>
{
    public async Task<Unit> Handle(RecordConsultation request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var serviceCase = await CoordinationGuards.OpenCaseAsync(db, request.CaseId, step.Actor, cancellationToken);
        var today = Deadlines.ShanghaiTime.DayOf(step.Now);
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "unit", request.Unit, "还没写问的哪一家，写全称。", 60);
        TypedText.Check(faults, "person", request.Person, "还没写问的是谁。", 40);
        TypedText.Check(faults, "question", request.Question, "还没写问了什么。", CaseLimits.LongText);
        TypedText.Check(faults, "answer", request.Answer, null, CaseLimits.LongText);
        TypedText.Check(faults, "basis", request.Basis, string.IsNullOrWhiteSpace(request.Answer) ? null : "他们答复了，就要写依据哪一条；没说依据，写“没有说”。", CaseLimits.ShortText);
        if (request.On is null) faults["on"] = "还没写哪天问的。";
        else if (request.On > today) faults["on"] = "这一天还没到，写问过的那一天。";
        if (faults.Count > 0) throw new FormRejectedException(faults);

        var asked = CaseConsultation.Record(Guid.CreateVersion7(step.Now), serviceCase.Id, request.Unit.Trim(), request.Person.Trim(), request.On!.Value,
            request.Question.Trim(), request.Answer.Trim(), request.Basis.Trim(), step.Actor, step.Now);
        db.Consultations.Add(asked);
        journal.Write(serviceCase, JournalKinds.Consulted, ("consultation", asked.Id), ("on", asked.On), ("answered", asked.Answer.Length > 0));
        return Unit.Value;
    }
}

/// <summary>添一份文件、补一张回执 — a certificate, a filing receipt, outside of any task .</summary>
public sealed record AddDocument(CaseId CaseId, string Title, string DocumentNumber, string IssuingUnit, string? FiledWith, string? ReceiptNumber) : IStep;

internal sealed class AddDocumentHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<AddDocument, Unit>
{
    public async Task<Unit> Handle(AddDocument request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var serviceCase = await CoordinationGuards.OpenCaseAsync(db, request.CaseId, step.Actor, cancellationToken);
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "title", request.Title, "还没写是什么文件。", CaseLimits.ShortText);
        TypedText.Check(faults, "documentNumber", request.DocumentNumber, null, 60);
        TypedText.Check(faults, "receiptNumber", request.ReceiptNumber, null, 60);
        var units = await db.OfficeUnits.Where(u => u.Active && u.Kind == UnitKind.Department).Select(u => u.Code).ToListAsync(cancellationToken);
        if (!units.Contains(request.IssuingUnit)) faults["issuingUnit"] = "请选是哪家出的。";
        if (request.FiledWith is { Length: > 0 } with && !units.Contains(with)) faults["filedWith"] = "请从列出的单位里选。";
        if (faults.Count > 0) throw new FormRejectedException(faults);
        db.CaseDocuments.Add(CaseDocument.Add(Guid.CreateVersion7(step.Now), serviceCase.Id, request.Title.Trim(), request.DocumentNumber.Trim(), request.IssuingUnit,
            request.FiledWith is { Length: > 0 } filed ? filed : null, request.ReceiptNumber?.Trim() is { Length: > 0 } receipt ? receipt : null, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.DocumentAdded, ("number", request.DocumentNumber.Trim()), ("receipt", request.ReceiptNumber?.Trim()));
        return Unit.Value;
    }
}

internal static class CoordinationGuards
{
    public static async ValueTask<ServiceCase> OpenCaseAsync(DeskDb db, CaseId id, Actor actor, CancellationToken ct)
    {
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new RefusedException("case.unknown");
        if (!await CaseAccess.MaySeeAsync(db, serviceCase, actor, ct)) throw new RefusedException("case.unknown");
        return serviceCase.State is CaseState.Closed ? throw new RefusedException("case.closed") : serviceCase;
    }
}
