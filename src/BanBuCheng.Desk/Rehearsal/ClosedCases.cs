using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>
/// The closed cases of the hall as a rehearsal may see them: dates, difficulties, units, what was chosen and how long it took. No name, number,
/// story, text or note leaves the tables: of a form only choices, numbers and dates are taken.
/// </summary>
public static class ClosedCases
{
    public const int Most = 5_000;
    private const string Cover = "已遮盖";

    public static async Task<(IReadOnlyList<PlannedCase> Cases, RehearsalProfile Profile)> ReadAsync(DeskDb db, RehearsalWorld world, int most, CancellationToken ct)
    {
        var cases = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Closed).OrderByDescending(c => c.AcceptedAt).Take(Math.Min(most, Most))
            .Select(c => new { c.Id, c.Number, c.AcceptedAt, c.AcceptedOn, c.Difficulty, c.ApplicantKind, c.NeededBy, c.Outcome, c.RepliedAt, c.DueOn }).ToListAsync(ct);
        var ids = cases.Select(c => c.Id).ToList();
        var tasks = new List<InboxTask>();
        var deliveries = new List<(Steps.CaseId CaseId, DateTimeOffset IssuedAt, DateTimeOffset DeliveredAt, bool ByReport)>();
        var difficulties = new Dictionary<Steps.CaseId, Difficulty>();
        foreach (var some in ids.Chunk(500))
        {
            tasks.AddRange(await db.InboxTasks.AsNoTracking().Where(t => some.Contains(t.CaseId) && (t.State == TaskState.Done || t.State == TaskState.Overdue)).ToListAsync(ct));
            foreach (var notice in await db.CaseNotices.AsNoTracking().Where(n => some.Contains(n.CaseId) && n.DeliveredAt != null).Select(n => new { n.CaseId, n.IssuedAt, n.DeliveredAt, n.DeliveredBy }).ToListAsync(ct))
                deliveries.Add((notice.CaseId, notice.IssuedAt, notice.DeliveredAt!.Value, notice.DeliveredBy is DeliveryWay.SmsReport));
            foreach (var entry in await db.CaseJournal.AsNoTracking().Where(e => some.Contains(e.CaseId) && e.Kind == JournalKinds.Accepted).Select(e => new { e.CaseId, e.Facts }).ToListAsync(ct))
                if (Enum.TryParse<Difficulty>((JsonNode.Parse(entry.Facts) as JsonObject)?["difficulty"]?.ToString(), out var first)) difficulties.TryAdd(entry.CaseId, first);
        }

        var hashes = tasks.Select(t => t.FormHash).OfType<string>().Distinct().ToList();
        var forms = await db.TaskForms.AsNoTracking().Where(f => hashes.Contains(f.Hash)).ToDictionaryAsync(f => f.Hash, f => f.Schema, ct);
        var byCase = tasks.ToLookup(t => t.CaseId);
        var told = deliveries.ToLookup(d => d.CaseId);
        List<PlannedCase> planned =
        [
            .. cases.OrderBy(c => c.AcceptedAt).ThenBy(c => c.Number, StringComparer.Ordinal).Select((c, i) => new PlannedCase(i + 1, c.Number, c.AcceptedAt, new CaseSeed
            {
                Difficulty = difficulties.GetValueOrDefault(c.Id, c.Difficulty),
                ApplicantKind = c.ApplicantKind,
                NeededBy = c.NeededBy,
            })
            {
                Recorded = Recorded(byCase[c.Id], forms, world),
                Deliveries = [.. told[c.Id].OrderBy(d => d.IssuedAt).Select(d => new RecordedDelivery(d.ByReport, d.DeliveredAt - d.IssuedAt))],
                Real = new CaseRun(i + 1, c.Number, c.Difficulty.ToString())
                {
                    Tasks = [.. byCase[c.Id].OrderBy(t => t.EndedAt).Select(Real)],
                    Outcome = c.Outcome,
                    Closed = true,
                    AcceptedOn = c.AcceptedOn,
                    DueOn = c.DueOn,
                    RepliedAt = c.RepliedAt,
                    LateReply = c.RepliedAt is { } at && c.DueOn is { } due && !HallHours.InTime(due, at),
                    WorkingDaysToReply = c.RepliedAt is { } heard ? world.Calendar.WorkingDaysBetween(c.AcceptedOn, ShanghaiTime.DayOf(heard)) : 0,
                },
            }),
        ];
        var counted = tasks.Where(t => t.Outcome is not null).GroupBy(t => Who(t))
            .ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, int>)g.GroupBy(t => t.Outcome!).ToDictionary(o => o.Key, o => o.Count()));
        return (planned, new RehearsalProfile { Counted = counted });
    }

    private static Dictionary<string, IReadOnlyList<RecordedStep>> Recorded(IEnumerable<InboxTask> tasks, Dictionary<string, string> forms, RehearsalWorld world) => tasks
        .Where(t => t is { State: TaskState.Done, Outcome: not null, EndedAt: not null })
        .GroupBy(t => t.Purpose switch { TaskPurpose.Department => $"{t.ActivityId}/{t.AssignedUnit}", TaskPurpose.TellByPhone => $"{t.ActivityId}/tell", _ => t.ActivityId })
        .ToDictionary(g => g.Key, g => (IReadOnlyList<RecordedStep>)
        [
            .. g.OrderBy(t => t.OpenedAt).Select(t => new RecordedStep(t.Outcome!, Masked(t.Answer, t.FormHash is { } hash ? forms.GetValueOrDefault(hash) : null), world.Policy.Hours.WorkingTime(t.OpenedAt, t.EndedAt!.Value, world.Calendar))),
        ]);

    /// <summary>Only what cannot be about a person: choices of a list, numbers, dates, yes and no. Any free text becomes a cover of its length.</summary>
    internal static JsonObject? Masked(string? answer, string? schema)
    {
        if (answer is null || JsonNode.Parse(answer) is not JsonObject given) return null;
        var properties = schema is null ? null : (JsonNode.Parse(schema) as JsonObject)?["properties"] as JsonObject;
        var masked = new JsonObject();
        foreach (var (name, value) in given)
        {
            var rule = properties?[name] as JsonObject;
            masked[name] = value switch
            {
                JsonArray list when IsChoice(rule?["items"] as JsonObject) => list.DeepClone(),
                JsonArray => new JsonArray(),
                JsonValue one when one.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False || IsChoice(rule) || rule?["format"]?.ToString() == "date" => one.DeepClone(),
                // As long as what stood there, so that the form takes it as it took that.
                JsonValue one when one.GetValueKind() is JsonValueKind.String => JsonValue.Create(Covered(one.GetValue<string>().Length)),
                _ => JsonValue.Create(Cover),
            };
        }

        return masked;
    }

    private static string Covered(int length) => string.Concat(Enumerable.Repeat(Cover, (length / Cover.Length) + 1))[..Math.Max(1, length)];

    private static bool IsChoice(JsonObject? rule) => rule is not null && (rule["enum"] is JsonArray || rule["oneOf"] is JsonArray || rule["x-options"] is not null);

    private static RehearsedTask Real(InboxTask task) => new(task.ActivityId, task.Title, Who(task), task.State is TaskState.Overdue ? HumanTaskActivity.OverduePort : task.Outcome ?? "",
        task.OpenedAt, task.EndedAt ?? task.OpenedAt, task.DueOn, task.State is TaskState.Overdue || (task.DueAt is { } due && task.EndedAt > due), Assumed: false);

    private static string Who(InboxTask task) => new Assignee(task.AssignedRole, task.AssignedUnit, task.AssignedPerson).ToString();

    /// <summary>The hall as it is now: its offices, people, calendar and policy.</summary>
    public static async Task<RehearsalWorld> WorldAsync(DeskDb db, DeadlineBook deadlines, HallOptions hall, CancellationToken ct)
    {
        var units = await db.OfficeUnits.AsNoTracking().ToListAsync(ct);
        var people = await db.Staff.AsNoTracking().Where(s => s.Active).OrderBy(s => s.Login).ToListAsync(ct);
        return new RehearsalWorld
        {
            Calendar = deadlines.Calendar,
            Policy = await deadlines.PolicyAsync(ct),
            Units = units,
            People = [.. people.Select(p => new RehearsalPerson(p.Login, p.Name, p.UnitCode, [.. p.Roles]))],
            Hall = hall,
        };
    }
}
