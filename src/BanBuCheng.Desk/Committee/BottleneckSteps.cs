using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Committee;

/// <summary>从一案到一类：并案研究出来的瓶颈，记进清单，成员都挂上.</summary>
public sealed record FindBottleneck(string Clause, Guid ClusterId) : IStep<Guid>;

/// <summary>写清瓶颈：冲突在哪、建议怎么改、谁负责、报给谁、哪天再看.</summary>
public sealed record DescribeBottleneck(Guid Id, string Conflict, string Proposal, string Owner, string Addressee, DateOnly? ReviewOn, BottleneckState State) : IStep
{
    /// <summary>The version of the entry that the writer had before them; when somebody has written since, nothing is overwritten. Null: whatever stands.</summary>
    public int? Seen { get; init; }
}

/// <summary>条文改了 — everybody refused under it is to be called back.</summary>
/// <returns>How many.</returns>
public sealed record ChangeClause(Guid Id, string To) : IStep<int>;

/// <summary>The register's numbers and links, shared by the triage's recorder and the committee's steps.</summary>
internal sealed class BottleneckBook(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock)
{
    public async ValueTask<PolicyBottleneck> FindOrAddAsync(string clause, CancellationToken ct)
    {
        var key = PolicyBottleneck.KeyOf(clause);
        if (await OfAsync(key, ct) is { } known) return known;
        var prefix = $"PB-{ShanghaiTime.DayOf(step.Now).Year}-";
        var number = prefix + (await db.PolicyBottlenecks.CountAsync(b => b.Number.StartsWith(prefix), ct) + 1).ToString("000", CultureInfo.InvariantCulture);
        var found = PolicyBottleneck.Find(Guid.CreateVersion7(clock.GetUtcNow()), number, clause, step.Now);
        db.PolicyBottlenecks.Add(found);
        return found;
    }

    public async ValueTask<PolicyBottleneck?> OfAsync(string key, CancellationToken ct) =>
        db.PolicyBottlenecks.Local.FirstOrDefault(b => b.ClauseKey == key) ?? await db.PolicyBottlenecks.FirstOrDefaultAsync(b => b.ClauseKey == key, ct);

    public async ValueTask LinkAsync(PolicyBottleneck bottleneck, ServiceCase serviceCase, CancellationToken ct)
    {
        if (await db.BottleneckCases.AnyAsync(l => l.BottleneckId == bottleneck.Id && l.CaseId == serviceCase.Id, ct)) return;
        db.BottleneckCases.Add(BottleneckCase.Link(bottleneck.Id, serviceCase.Id));
        journal.Write(serviceCase, JournalKinds.BottleneckFound, ("bottleneck", bottleneck.Number));
    }
}

/// <summary>研判写了“有政策瓶颈”的，按条款记进清单；法律禁止的，条款在清单里就挂上，条文改了好回拨.</summary>
internal sealed class BottleneckRecorder(BottleneckBook book) : IFormRecorder
{
    public string Name => "Bottleneck";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (answer["legalBasis"]?.GetValue<string>().Trim() is not { Length: > 0 } clause || PolicyBottleneck.KeyOf(clause).Length == 0) return;
        var bottleneck = answer["policyAttribute"]?.GetValue<string>() switch
        {
            "POLICY_BOTTLENECK" => await book.FindOrAddAsync(clause, ct),
            "LEGAL_PROHIBITION" => await book.OfAsync(PolicyBottleneck.KeyOf(clause), ct),
            _ => null,
        };
        if (bottleneck is not null) await book.LinkAsync(bottleneck, serviceCase, ct);
    }
}

internal sealed class BottleneckHandler(DeskDb db, BottleneckBook book, BottleneckDates dates, IFlows flows, CaseJournal journal, StepScope step)
    : IRequestHandler<FindBottleneck, Guid>, IRequestHandler<DescribeBottleneck, Unit>, IRequestHandler<ChangeClause, int>
{
    public async Task<Guid> Handle(FindBottleneck request, CancellationToken cancellationToken)
    {
        Guard();
        var clause = request.Clause.Trim();
        if (TypedText.FaultOf(clause, "还没写卡在哪一条。", 500) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["clause"] = fault });
        var members = await db.ClusterMembers.Where(m => m.ClusterId == request.ClusterId && m.LeftAt == null).Select(m => m.CaseId).ToListAsync(cancellationToken);
        if (members.Count == 0) throw new RefusedException("cluster.unknown");
        var found = await book.FindOrAddAsync(clause, cancellationToken);
        foreach (var serviceCase in await db.Cases.Where(c => members.Contains(c.Id)).ToListAsync(cancellationToken)) await book.LinkAsync(found, serviceCase, cancellationToken);
        return found.Id;
    }

    public async Task<Unit> Handle(DescribeBottleneck request, CancellationToken cancellationToken)
    {
        Guard();
        var found = await FindAsync(request.Id, cancellationToken);
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "conflict", request.Conflict, "还没写冲突在哪里。", CaseLimits.LongText);
        TypedText.Check(faults, "proposal", request.Proposal, "还没写建议怎么改；不采纳的写为什么。", CaseLimits.LongText);
        if (!await db.OfficeUnits.AnyAsync(u => u.Code == request.Owner, cancellationToken)) faults["owner"] = "还没选谁负责。";
        TypedText.Check(faults, "addressee", request.Addressee, "还没写报给谁。", 60);
        var moved = request.ReviewOn != found.ReviewOn || request.Owner != found.OwnerUnit;
        if (request.ReviewOn is not { } on || on < ShanghaiTime.DayOf(step.Now)) faults["reviewOn"] = request.ReviewOn is null ? "还没写哪天再看。" : "再看的日子已经过去了，请写今天或以后。";
        if (request.State is not (BottleneckState.Candidate or BottleneckState.Submitted or BottleneckState.Refused)) faults["state"] = "还没选办到哪一步。";
        if (faults.Count > 0) throw new FormRejectedException(faults);
        if (request.Seen is { } seen && seen != found.Version && found.State is not BottleneckState.Changed) throw new RefusedException("bottleneck.rewritten");
        found.Describe(request.Conflict.Trim(), request.Proposal.Trim(), request.Owner, request.Addressee.Trim(), request.ReviewOn!.Value, request.State);
        if (moved && found.State is not BottleneckState.Refused) await dates.TellAsync(found, cancellationToken);
        return Unit.Value;
    }

    public async Task<int> Handle(ChangeClause request, CancellationToken cancellationToken)
    {
        Guard();
        var found = await FindAsync(request.Id, cancellationToken);
        var to = request.To.Trim();
        if (TypedText.FaultOf(to, "还没写改成了什么，文号是什么。", 500) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["to"] = fault });
        found.Change(to, step.Now);
        var links = await db.BottleneckCases.Where(l => l.BottleneckId == found.Id && l.CallBackAt == null).ToListAsync(cancellationToken);
        var ids = links.Select(l => l.CaseId).ToList();

        // Refused or served in part: whoever got all they asked for needs no call.
        var refused = await db.Cases.Where(c => ids.Contains(c.Id) && (c.Outcome == CaseOutcome.CannotBeDone || c.Outcome == CaseOutcome.PartiallyResolved)).OrderBy(c => c.AcceptedAt).ToListAsync(cancellationToken);
        foreach (var serviceCase in refused)
        {
            links.Single(l => l.CaseId == serviceCase.Id).CallBack(step.Now);
            journal.Write(serviceCase, JournalKinds.CalledBack, ("bottleneck", found.Number));
            await flows.PublishEventAsync(CaseEvents.PolicyChanged, serviceCase.Id.ToString(), new JsonObject { ["bottleneck"] = found.Number, ["clause"] = found.Clause, ["to"] = to }, step.Now, cancellationToken);
        }

        await OutdateAnswersAsync(found, to, ids, cancellationToken);
        return refused.Count;
    }

    /// <summary>R-28: what was answered at a counter under the old clause must not be told to the next one who asks; the window is told.</summary>
    private async Task OutdateAnswersAsync(PolicyBottleneck found, string to, List<CaseId> cases, CancellationToken ct)
    {
        var answers = await db.OnSiteAnswers.Where(a => a.BasisKey == found.ClauseKey && a.OutdatedAt == null).ToListAsync(ct);
        if (answers.Count == 0) return;
        foreach (var answer in answers) answer.Outdate(to, step.Now);
        cases = cases.Count > 0 ? cases : await db.BottleneckCases.Where(l => l.BottleneckId == found.Id).OrderBy(l => l.CaseId).Select(l => l.CaseId).Take(1).ToListAsync(ct);
        if (cases.Count > 0)
            await flows.PublishEventAsync(CaseEvents.AnswersOutdated, cases[0].ToString(), new JsonObject { ["count"] = answers.Count, ["clause"] = found.Clause, ["to"] = to }, step.Now, ct);
    }

    private void Guard()
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.CommitteeSecretary, Roles.StationHead, Roles.BureauLeader);
    }

    private async Task<PolicyBottleneck> FindAsync(Guid id, CancellationToken ct) =>
        await db.PolicyBottlenecks.SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new RefusedException("bottleneck.unknown");
}
