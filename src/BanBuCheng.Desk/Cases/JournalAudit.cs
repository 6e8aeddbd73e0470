using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 审计 — computes every case's chain anew and holds it against the case's own head and count, the serials given out, the sealed
/// checkpoints and the anchor outside the database. Reads only; to be run outside a step, also while the hall works.
/// </summary>
public static class JournalAudit
{
    public static async Task<JournalReport> VerifyAsync(DeskDb db, JournalSeal seal, CancellationToken ct)
    {
        // The order of the reads: what a step adds between two of them makes the later one longer, and is left to the next audit.
        var findings = new List<JournalFinding>();
        var checkpoints = await db.JournalCheckpoints.AsNoTracking().OrderBy(c => c.Id).ToListAsync(ct);
        var newest = checkpoints.Count > 0 ? checkpoints[^1] : null;
        var cut = newest is null ? 0 : CheckpointHeads.CutOf(newest);
        var serials = await db.CaseSerials.AsNoTracking().OrderBy(s => s.Day).ToListAsync(ct);
        var cases = await db.Cases.AsNoTracking().Select(c => new { c.Id, c.Number, c.JournalCount, c.JournalHead }).ToDictionaryAsync(c => c.Id, ct);

        var heads = new List<CaseHead>();
        var seen = new HashSet<CaseId>();
        var rows = 0L;
        CaseChain? chain = null;
        await foreach (var entry in db.CaseJournal.AsNoTracking().OrderBy(e => e.CaseId).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            rows++;
            if (chain is null || chain.Id != entry.CaseId)
            {
                End(chain);
                chain = new CaseChain(entry.CaseId, cases.GetValueOrDefault(entry.CaseId)?.Number, cut, findings);
                seen.Add(entry.CaseId);
            }

            chain.Next(entry);
        }

        End(chain);
        foreach (var mute in cases.Values.Where(c => !seen.Contains(c.Id)))
            findings.Add(new JournalFinding(JournalFault.TailCut, mute.Number, 1, $"办件 {mute.Number} 的流水一条也没有了，应有 {Math.Max(1, mute.JournalCount)} 条。"));
        findings.AddRange(MissingNumbers(serials, cases.Values.Select(c => c.Number)));
        VerifyCheckpoints(seal, checkpoints, heads, findings);
        return new JournalReport(cases.Count, rows, checkpoints.Count, findings);

        void End(CaseChain? ended)
        {
            if (ended is null) return;
            if (ended.AtCut is { } head) heads.Add(head);
            if (!cases.TryGetValue(ended.Id, out var owner))
                findings.Add(new JournalFinding(JournalFault.CaseRemoved, null, null, $"流水还在，办件 {ended.Id} 不见了。"));
            else
                ended.HoldAgainst(owner.JournalCount, owner.JournalHead);
        }
    }

    /// <summary>Serials leave no gap: a number that was given out and has no case any more is a case that was removed.</summary>
    private static IEnumerable<JournalFinding> MissingNumbers(List<CaseSerial> serials, IEnumerable<string> numbers)
    {
        var known = numbers.ToHashSet(StringComparer.Ordinal);
        return from day in serials
               from serial in Enumerable.Range(1, Math.Clamp(day.Last, 0, CaseNumber.MaxSerial))
               let number = CaseNumber.Make(day.Day, serial)
               where !known.Contains(number)
               select new JournalFinding(JournalFault.CaseRemoved, number, null, $"编号 {number} 发出去过，办件不见了。");
    }

    private static void VerifyCheckpoints(JournalSeal seal, List<JournalCheckpoint> checkpoints, List<CaseHead> heads, List<JournalFinding> findings)
    {
        byte[] previous = [];
        foreach (var checkpoint in checkpoints)
        {
            if (!seal.Of(previous, checkpoint.At, checkpoint.Cases, checkpoint.Heads).AsSpan().SequenceEqual(checkpoint.Hash))
                findings.Add(new JournalFinding(JournalFault.CheckpointBroken, null, null, $"第 {checkpoint.Id} 个检查点的封签不对，或者和前一个接不上：改过、换过，或者中间少了。"));
            previous = checkpoint.Hash;
        }

        if (Anchored(seal, checkpoints) is { } cutOff) findings.Add(cutOff);
        if (checkpoints.Count == 0 || CheckpointHeads.Of(CheckpointHeads.CutOf(checkpoints[^1]), heads).AsSpan().SequenceEqual(checkpoints[^1].Heads)) return;
        var missing = checkpoints[^1].Cases - heads.Count;
        findings.Add(missing > 0
            ? new JournalFinding(JournalFault.CaseRemoved, null, null, $"检查点记着 {checkpoints[^1].Cases} 件，现在少了 {missing} 件，连流水一起没了。")
            : new JournalFinding(JournalFault.CheckpointBroken, null, null, "检查点以前的流水，和检查点记下的对不上：有一件的尾巴被剪掉或者重写过。"));
    }

    private static JournalFinding? Anchored(JournalSeal seal, List<JournalCheckpoint> checkpoints)
    {
        try
        {
            if (seal.Anchor() is not { } anchor) return null;
            return checkpoints.Any(c => c.Id == anchor.Id && Convert.ToHexString(c.Hash) == anchor.Hash)
                ? null
                : new JournalFinding(JournalFault.CheckpointBroken, null, null, $"数据目录里记着第 {anchor.Id} 个检查点，库里没有这一个：最近的检查点被剪掉了，或者库被换成了旧的。");
        }
        catch (InvalidDataException)
        {
            return new JournalFinding(JournalFault.CheckpointBroken, null, null, $"数据目录里的 {JournalSeal.AnchorFile} 坏了，读不出最近的检查点。");
        }
    }

    /// <summary>One case's entries, walked in their order.</summary>
    private sealed class CaseChain(CaseId id, string? number, long cut, List<JournalFinding> findings)
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

        public void HoldAgainst(int count, byte[] head)
        {
            if (_sequence < count) Find(JournalFault.TailCut, _sequence + 1, $"办件 {number} 记着 {count} 条流水，只剩 {_sequence} 条。");
            else if (_sequence == count && findings.Count == _findingsBefore && !head.AsSpan().SequenceEqual(_previous))
                Find(JournalFault.Edited, _sequence, $"办件 {number} 的链头和最后一条流水对不上。");
        }

        private void Find(JournalFault fault, int sequence, string message) => findings.Add(new JournalFinding(fault, number, sequence, message));
    }
}

/// <summary>What the audit found; nothing when all is as it was written.</summary>
/// <param name="Rows">Journal entries read.</param>
public sealed record JournalReport(int Cases, long Rows, int Checkpoints, IReadOnlyList<JournalFinding> Findings)
{
    public bool Ok => Findings.Count == 0;
}

/// <param name="CaseNumber">Whose chain; null when it is about all of them, or the case is gone.</param>
/// <param name="Row">The entry within the case; null when it is about the whole case.</param>
/// <param name="Message">For a person.</param>
public sealed record JournalFinding(JournalFault What, string? CaseNumber, int? Row, string Message);

public enum JournalFault { Edited, Removed, Reordered, TailCut, CaseRemoved, CheckpointBroken }
