using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>How one case went through one version of the flow.</summary>
public sealed record CaseRun(int Number, string Name, string Difficulty)
{
    /// <summary>Every task, in the order in which they ended.</summary>
    public required IReadOnlyList<RehearsedTask> Tasks { get; init; }
    public CaseOutcome? Outcome { get; init; }
    public bool Closed { get; init; }
    public DateOnly AcceptedOn { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>The first reply that reached the citizen.</summary>
    public DateTimeOffset? RepliedAt { get; init; }
    public bool LateReply { get; init; }
    public int WorkingDaysToReply { get; init; }
    public int Messages { get; init; }
    public IReadOnlyList<(string ActivityId, string Message)> Troubles { get; init; } = [];

    public string MarkOf(RehearsedTask task) => task.Assumed && Assumed < Tasks.Count ? "（假设）" : "";

    public int Assumed => Tasks.Count(t => t.Assumed);
    public int LateTasks => Tasks.Count(t => t.Late);

    /// <summary>The way in one line: each task with what was chosen. Two runs that went alike say the same here.</summary>
    public string Way => string.Join(" → ", Tasks.Select(t => $"{t.Title}：{t.Outcome}"));

    /// <summary>The same for reading: what nobody did, but was drawn, bears its mark. Of a generated case that is everything, and is said once for all.</summary>
    public string Told => string.Join(" → ", Tasks.Select(t => $"{t.Title}：{t.Outcome}{MarkOf(t)}"));
}

/// <param name="Who"><c>role:CODE</c> or <c>unit:CODE</c>.</param>
/// <param name="Outcome">What was chosen; 逾期 when it was taken back.</param>
/// <param name="Assumed">假设: nothing was recorded, it was drawn.</param>
public sealed record RehearsedTask(string ActivityId, string Title, string Who, string Outcome, DateTimeOffset OpenedAt, DateTimeOffset EndedAt, DateOnly? DueOn, bool Late, bool Assumed);
