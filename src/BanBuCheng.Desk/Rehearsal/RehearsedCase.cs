using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>One case of a rehearsal with everything the desk would keep of it, in memory. The entities are the desk's own.</summary>
public sealed class RehearsedCase(ServiceCase serviceCase)
{
    public ServiceCase Case { get; } = serviceCase;

    /// <summary>Every task ever opened, in order.</summary>
    public List<InboxTask> Tasks { get; } = [];
    public List<CaseNotice> Notices { get; } = [];
    public List<RehearsedSms> Messages { get; } = [];
    /// <summary>What colleagues were told.</summary>
    public List<string> Told { get; } = [];
    public List<Pause> Pauses { get; } = [];

    /// <summary>What the journal would say: kind and facts, in order.</summary>
    public List<RehearsedEntry> Journal { get; } = [];

    internal List<SolutionAttempt> Solutions { get; } = [];
    internal List<CaseSupplement> Supplements { get; } = [];
    internal List<CaseDocument> Papers { get; } = [];
    internal List<CaseReturn> Returns { get; } = [];

    /// <returns>Takes back what has been written since.</returns>
    internal Action Remember()
    {
        var (solutions, supplements, papers, returns, journal) = (Solutions.Count, Supplements.Count, Papers.Count, Returns.Count, Journal.Count);
        return () =>
        {
            Solutions.RemoveRange(solutions, Solutions.Count - solutions);
            Supplements.RemoveRange(supplements, Supplements.Count - supplements);
            Papers.RemoveRange(papers, Papers.Count - papers);
            Returns.RemoveRange(returns, Returns.Count - returns);
            Journal.RemoveRange(journal, Journal.Count - journal);
        };
    }

    public IEnumerable<InboxTask> OpenTasks => Tasks.Where(t => t.State is TaskState.Open);

    /// <summary>Somebody has tried something for the citizen.</summary>
    public bool Acted => Solutions.Count > 0 || Tasks.Exists(CaseDeeds.IsDeed);

    public CaseNotice? OpenNotice => Notices.Find(n => n.IsOpen);
}

/// <summary>A message that would leave at <paramref name="LeavesAt"/>, with the text the phone would show.</summary>
public sealed record RehearsedSms(SmsId Id, string Template, string Text, DateTimeOffset QueuedAt, DateTimeOffset LeavesAt)
{
    /// <summary>Null while there is no report.</summary>
    public bool? Delivered { get; set; }
}

/// <summary>One line that the case's journal would have got.</summary>
public sealed record RehearsedEntry(DateTimeOffset At, string Kind, IReadOnlyList<(string Name, string? Value)> Facts);
