using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Kills;

/// <summary>What must be true of the rows after all the kills.</summary>
internal static class Aftermath
{
    public static async Task HoldsAsync(DeskDb db, HallPlace place, Carrier carrier, CancellationToken ct)
    {
        var audit = await JournalAudit.VerifyAsync(db, new JournalSeal(KeyFile.ReadOrCreate(place.DataFolder), place.DataFolder), ct);
        Assert.Empty(audit.Findings);

        // Every open instance has something to wait for, every open case has an open instance, and nothing broke.
        Assert.Empty(await FlowHealth.Stuck(db).ToListAsync(ct));
        Assert.Empty(await db.Set<FlowIncidentRow>().Where(i => i.ResolvedAt == null).Select(i => i.Message).ToListAsync(ct));
        var open = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open).Select(c => c.Id).ToListAsync(ct);
        var running = (await db.Set<FlowInstanceRow>().Where(i => i.Status == FlowStatus.Running && i.DefinitionId == FlowNames.CaseHandling).Select(i => i.CorrelationId).ToListAsync(ct)).ToHashSet();
        Assert.Empty(open.Where(id => !running.Contains(id.ToString())));

        // A task is open exactly while the flow waits for it.
        var waits = (await db.Set<FlowWaitRow>().Select(w => w.Id).ToListAsync(ct)).ToHashSet();
        Assert.Empty((await db.InboxTasks.AsNoTracking().Where(t => t.State == Desk.Inbox.TaskState.Open).Select(t => t.Id).ToListAsync(ct)).Where(t => !waits.Contains(t.Value)));

        await NothingHappenedTwiceAsync(db, ct);
        await MessagesAsync(db, carrier, ct);
    }

    /// <summary>No execution, a timer's among them, came to its end twice; and an instance's history has neither gap nor overlap.</summary>
    private static async Task NothingHappenedTwiceAsync(DeskDb db, CancellationToken ct)
    {
        var lengths = await db.Set<FlowInstanceRow>().ToDictionaryAsync(i => i.No, i => i.JournalLength, ct);
        var next = new Dictionary<long, int>();
        var ended = new HashSet<(long, int)>();
        await foreach (var pack in db.Set<FlowLogRow>().AsNoTracking().OrderBy(l => l.InstanceNo).ThenBy(l => l.FirstSeq).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (next.TryGetValue(pack.InstanceNo, out var expected)) Assert.Equal(expected, pack.FirstSeq);
            next[pack.InstanceNo] = pack.FirstSeq + pack.Count;
            foreach (var entry in JournalLines.Read(pack.Data, pack.At).Where(e => e.Kind is JournalKind.Completed && e.Execution != 0))
                Assert.True(ended.Add((pack.InstanceNo, entry.Execution)), $"Execution {entry.Execution} ({entry.ActivityType} {entry.ActivityId}) of instance {pack.InstanceNo} came to its end twice.");
        }

        Assert.NotEmpty(ended);
        Assert.Empty(next.Where(n => lengths[n.Key] < n.Value).Select(n => $"instance {n.Key} says {lengths[n.Key]} entries, its log holds {n.Value}"));
        var told = await db.CaseJournal.AsNoTracking().Where(e => e.Kind == JournalKinds.TaskOverdue || e.Kind == JournalKinds.NoticeDelivered || e.Kind == JournalKinds.Closed)
            .Select(e => new { e.CaseId, e.Kind, e.Facts }).ToListAsync(ct);
        Assert.Empty(told.Where(e => e.Kind is JournalKinds.TaskOverdue or JournalKinds.NoticeDelivered).GroupBy(e => (e.CaseId, e.Kind, e.Facts)).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    /// <summary>Whatever the rows say was handed over, the carrier has, at least once under that id; and it has nothing that no row knows.</summary>
    private static async Task MessagesAsync(DeskDb db, Carrier carrier, CancellationToken ct)
    {
        var rows = await db.OutgoingSms.AsNoTracking().Select(s => new { s.Id, s.State }).ToListAsync(ct);
        Assert.Empty(rows.Where(r => r.State is not (SmsState.Queued or SmsState.Failed) && !carrier.Received.ContainsKey(r.Id.Value)).Select(r => r.Id));
        Assert.Empty(carrier.Received.Keys.Except(rows.Select(r => r.Id.Value)));
    }
}
