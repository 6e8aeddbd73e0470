using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Committee;

/// <summary>再看 — the day on which a bottleneck is looked at again is told to the flow that asks its owner then.</summary>
internal sealed class BottleneckDates(DeskDb db, DeadlineBook deadlines, StepScope step)
{
    /// <summary>The flow runs for one of the cases that stick on the clause: the first that did.</summary>
    public async ValueTask TellAsync(PolicyBottleneck entry, CancellationToken ct)
    {
        if (entry is not { OwnerUnit: { } owner, ReviewOn: { } on }) return;
        if (await db.BottleneckCases.Where(l => l.BottleneckId == entry.Id).OrderBy(l => l.CaseId).Select(l => (CaseId?)l.CaseId).FirstOrDefaultAsync(ct) is not { } caseId) return;
        var payload = new JsonObject
        {
            ["bottleneck"] = entry.Number,
            ["clause"] = entry.Clause,
            ["owner"] = owner,
            ["ownerName"] = await db.OfficeUnits.Where(u => u.Code == owner).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? owner,
            ["addressee"] = entry.Addressee,
            ["on"] = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["within"] = Math.Max(0, deadlines.Calendar.WorkingDaysBetween(ShanghaiTime.DayOf(step.Now), on)),
        };
        step.Afterwards(async (flows, token) => await flows.PublishEventAsync(CaseEvents.BottleneckDated, caseId.ToString(), payload, step.Now, token));
    }
}

/// <summary>到了“再看”的日子，责任单位说上面怎么回的：还没有答复的，再定一天；不采纳的，写为什么.</summary>
internal sealed class BottleneckReviewRecorder(DeskDb db, BottleneckDates dates, StepScope step) : IFormRecorder
{
    private const string StillWaiting = "还没有答复，接着等", Refused = "不采纳";

    public string Name => "BottleneckReview";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        var (unit, today) = (step.Actor.UnitCode, ShanghaiTime.DayOf(step.Now));
        var entry = await (from link in db.BottleneckCases
                           join found in db.PolicyBottlenecks on link.BottleneckId equals found.Id
                           where link.CaseId == serviceCase.Id && found.OwnerUnit == unit && found.ReviewOn <= today
                               && (found.State == BottleneckState.Candidate || found.State == BottleneckState.Submitted)
                           orderby found.ReviewOn
                           select found).FirstOrDefaultAsync(ct) ?? throw new RefusedException("bottleneck.looked-at");
        var finding = answer["finding"]?.GetValue<string>().Trim() ?? "";
        if (outcome == StillWaiting)
        {
            if (!DateOnly.TryParseExact(answer["reviewOn"]?.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) || on <= today)
                throw new RefusedException("bottleneck.no-day", "reviewOn");
            entry.Describe(entry.Conflict, entry.Proposal, unit, entry.Addressee, on, BottleneckState.Submitted);
            await dates.TellAsync(entry, ct);
        }
        else if (outcome == Refused)
        {
            entry.Describe(entry.Conflict, finding, unit, entry.Addressee, entry.ReviewOn!.Value, BottleneckState.Refused);
        }
    }
}

/// <summary>What expressions may read of the register: <c>bottlenecks</c>, the entries that a case sticks on; null where there is no register (a rehearsal).</summary>
internal sealed class RegisterHostValues : IHostValues
{
    public IReadOnlyCollection<string> Names { get; } = ["bottlenecks"];

    public async ValueTask<object?> GetAsync(string name, string? correlationId, IServiceProvider services, CancellationToken ct)
    {
        if (services.GetService<DeskDb>() is not { } db || !CaseId.TryParse(correlationId, out var id)) return null;
        var entries = await (from link in db.BottleneckCases
                             join found in db.PolicyBottlenecks on link.BottleneckId equals found.Id
                             where link.CaseId == id
                             select found).ToListAsync(ct);
        return entries.Select(e => (object?)new Dictionary<string, object?>
        {
            ["number"] = e.Number,
            ["reviewOn"] = e.ReviewOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["state"] = e.State.ToString(),
        }).ToList();
    }
}
