using System.Collections.Concurrent;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Kills;

/// <summary>What people were told is done, written down by them and not by the program.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentQueue<(Guid Key, string Number)> _fresh = new();
    private readonly ConcurrentQueue<(Guid Task, string Outcome)> _done = new();

    /// <summary>Submission keys with the number they were told; an empty text where no answer came.</summary>
    public ConcurrentDictionary<Guid, string> Accepted { get; } = new();

    /// <summary>Task → how often somebody was told that they had completed it.</summary>
    public ConcurrentDictionary<Guid, int> Completed { get; } = new();

    public int Acknowledged => Accepted.Values.Count(n => n.Length > 0) + Completed.Count;

    public void WasAccepted(Guid key, string number)
    {
        var before = Accepted.AddOrUpdate(key, number, (_, known) => known.Length == 0 || known == number ? number : throw new InvalidOperationException($"Form {key} became {known} and {number}."));
        _fresh.Enqueue((key, before));
    }

    public void WasCompleted(Guid task, string outcome)
    {
        Completed.AddOrUpdate(task, 1, (_, times) => times + 1);
        _done.Enqueue((task, outcome));
    }

    /// <summary>Everything acknowledged since the last look is there.</summary>
    public async Task HoldAgainstAsync(DeskDb db, CancellationToken ct)
    {
        while (_fresh.TryDequeue(out var accepted))
        {
            var (key, number) = accepted;
            Assert.True(await db.Cases.AsNoTracking().AnyAsync(c => c.SubmissionKey == key && c.Number == number, ct), $"Case {number} was acknowledged and is lost.");
        }

        while (_done.TryDequeue(out var done))
        {
            var task = await db.InboxTasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == new TaskId(done.Task), ct);
            Assert.True(task is { State: TaskState.Done } && task.Outcome == done.Outcome, $"Task {done.Task} was acknowledged as {done.Outcome}, but is {task?.State} {task?.Outcome}.");
        }
    }

    /// <summary>Nobody was told twice that one task was theirs, and one form is one case.</summary>
    public async Task HoldWholeAsync(DeskDb db, CancellationToken ct)
    {
        await HoldAgainstAsync(db, ct);
        Assert.Empty(Completed.Where(c => c.Value > 1));
        var keys = await db.Cases.AsNoTracking().Select(c => c.SubmissionKey).ToListAsync(ct);
        Assert.Empty(keys.Except(Accepted.Keys));
        var done = await db.CaseJournal.AsNoTracking().Where(e => e.Kind == JournalKinds.TaskDone).Select(e => e.Facts).ToListAsync(ct);
        Assert.Empty(done.Select(f => f[..f.IndexOf(',', StringComparison.Ordinal)]).GroupBy(t => t).Where(g => g.Count() > 1));
    }
}
