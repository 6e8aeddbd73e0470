using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 审计 — computes every case's chain anew and holds it against the case's own head and count and against the newest checkpoint.
/// Reads only; to be run outside a step.
/// </summary>
/// <remarks>The newest checkpoint's hash is worth printing or sending elsewhere: it is the one thing the database cannot witness by itself.</remarks>
public static class JournalAudit
{
    /// <returns>Everything that is not as it was written; empty when all is.</returns>
    public static async Task<IReadOnlyList<JournalFinding>> VerifyAsync(DeskDb db, CancellationToken ct)
    {
        var findings = new List<JournalFinding>();
        var checkpoints = await db.JournalCheckpoints.AsNoTracking().OrderBy(c => c.Id).ToListAsync(ct);
        var newest = checkpoints.Count > 0 ? checkpoints[^1] : null;
        var cut = newest is null ? 0 : CheckpointHeads.CutOf(newest);

        // The entries are read after the cases: what a step adds in between is longer than its case says, and is left to the next audit.
        var cases = await db.Cases.AsNoTracking().Select(c => new { c.Id, c.Number, c.JournalCount, c.JournalHead }).ToDictionaryAsync(c => c.Id, ct);
        var heads = new List<CaseHead>();
        var seen = new HashSet<CaseId>();
        CaseChain? chain = null;
        await foreach (var entry in db.CaseJournal.AsNoTracking().OrderBy(e => e.CaseId).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (chain is null || chain.Id != entry.CaseId)
            {
                End(chain);
                chain = new CaseChain(entry.CaseId, cut, findings);
                seen.Add(entry.CaseId);
            }

            chain.Next(entry);
        }

        End(chain);
        foreach (var mute in cases.Values.Where(c => !seen.Contains(c.Id)))
            findings.Add(new JournalFinding(JournalFault.TailCut, mute.Id, 0, $"办件 {mute.Number} 的流水一条也没有了，应有 {Math.Max(1, mute.JournalCount)} 条。"));
        VerifyCheckpoints(checkpoints, heads, findings);
        return findings;

        void End(CaseChain? ended)
        {
            if (ended is null) return;
            if (ended.AtCut is { } head) heads.Add(head);
            if (!cases.TryGetValue(ended.Id, out var owner))
                findings.Add(new JournalFinding(JournalFault.CaseRemoved, ended.Id, 0, $"流水还在，办件 {ended.Id} 不见了。"));
            else
                ended.HoldAgainst(owner.Number, owner.JournalCount, owner.JournalHead);
        }
    }

    private static void VerifyCheckpoints(List<JournalCheckpoint> checkpoints, List<CaseHead> heads, List<JournalFinding> findings)
    {
        byte[] previous = [];
        foreach (var checkpoint in checkpoints)
        {
            if (!CheckpointHeads.Chain(previous, checkpoint.At, checkpoint.Cases, checkpoint.Heads).AsSpan().SequenceEqual(checkpoint.Hash))
                findings.Add(new JournalFinding(JournalFault.CheckpointBroken, null, 0, $"第 {checkpoint.Id} 个检查点和前一个接不上：改过，或者中间少了。"));
            previous = checkpoint.Hash;
        }

        if (checkpoints.Count == 0 || CheckpointHeads.Of(CheckpointHeads.CutOf(checkpoints[^1]), heads).AsSpan().SequenceEqual(checkpoints[^1].Heads)) return;
        var missing = checkpoints[^1].Cases - heads.Count;
        findings.Add(missing > 0
            ? new JournalFinding(JournalFault.CaseRemoved, null, 0, $"检查点记着 {checkpoints[^1].Cases} 件，现在少了 {missing} 件，连流水一起没了。")
            : new JournalFinding(JournalFault.CheckpointBroken, null, 0, "检查点以前的流水，和检查点记下的对不上：有一件的尾巴被剪掉或者重写过。"));
    }

    /// <summary>One case's entries, walked in their order.</summary>
    private sealed class CaseChain(CaseId id, long cut, List<JournalFinding> findings)
    {
        private readonly int _findingsBefore = findings.Count;
        private int _sequence;
        private long _rowId;
        private byte[] _previous = [];

        public CaseId Id => id;
        public CaseHead? AtCut { get; private set; }

        public void Next(CaseJournalEntry entry)
        {
            var gap = entry.Sequence != _sequence + 1;
            if (gap) Find(JournalFault.Removed, _sequence + 1, $"第 {_sequence + 1} 条到第 {entry.Sequence - 1} 条流水不见了。");
            else if (!entry.ComputeHash(_previous).AsSpan().SequenceEqual(entry.Hash))
                Find(entry.Id < _rowId ? JournalFault.Reordered : JournalFault.Edited, entry.Sequence, $"第 {entry.Sequence} 条流水和链条对不上：改过，或者换了位置。");
            (_sequence, _rowId, _previous) = (entry.Sequence, Math.Max(_rowId, entry.Id), entry.Hash);
            if (entry.Id <= cut) AtCut = new CaseHead(id, entry.Sequence, entry.Hash);
        }

        public void HoldAgainst(string number, int count, byte[] head)
        {
            if (_sequence < count) Find(JournalFault.TailCut, _sequence + 1, $"办件 {number} 记着 {count} 条流水，只剩 {_sequence} 条。");
            else if (_sequence == count && findings.Count == _findingsBefore && !head.AsSpan().SequenceEqual(_previous))
                Find(JournalFault.Edited, _sequence, $"办件 {number} 的链头和最后一条流水对不上。");
        }

        private void Find(JournalFault fault, int sequence, string message) => findings.Add(new JournalFinding(fault, id, sequence, message));
    }
}

/// <param name="CaseId">Whose chain; null when it is about all of them.</param>
/// <param name="Sequence">The entry within the case; 0 when it is about the whole case.</param>
/// <param name="Message">For a person.</param>
public sealed record JournalFinding(JournalFault Fault, CaseId? CaseId, int Sequence, string Message);

public enum JournalFault { Edited, Removed, Reordered, TailCut, CaseRemoved, CheckpointBroken }
