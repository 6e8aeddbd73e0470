using System.Buffers.Binary;
using System.Security.Cryptography;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 检查点 — chains the heads of all cases, every five minutes in which something was written. What is younger than ten minutes is the
/// only part of the journal that somebody who can rewrite the database could still rewrite unseen.
/// </summary>
public static class Checkpoints
{
    /// <summary>How often; with <see cref="LongestStep"/> the age below which an entry may not be sealed yet.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>Steps that are still running may commit entries with lower row ids than those one sees; none runs this long.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Counts all heads outside a step, so that nobody waits for it in a hall with a hundred thousand cases; entries up to the cut never
    /// change. Null when it is too early for another, or nothing was written since the last.
    /// </summary>
    public static async Task<MakeCheckpoint?> DueAsync(DeskDb db, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.JournalCheckpoints.AsNoTracking().OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct);
        if (last is not null && now.UtcTicks / Every.Ticks <= last.At.UtcTicks / Every.Ticks) return null;

        var settled = now - LongestStep;
        var cut = await db.CaseJournal.Where(e => e.At <= settled).OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(ct);
        if (cut == 0 || last is not null && cut <= CheckpointHeads.CutOf(last)) return null;

        var heads = await HeadsAsync(db, cut, ct);
        return new MakeCheckpoint(last?.Id ?? 0, heads.Count, CheckpointHeads.Of(cut, heads));
    }

    /// <summary>The heads as they were at the cut: a case's own, or for the few that went on since then the entry before.</summary>
    private static async Task<List<CaseHead>> HeadsAsync(DeskDb db, long cut, CancellationToken ct)
    {
        // In this order: a case that moves between the two reads shows its new entry in the second.
        var cases = await db.Cases.AsNoTracking().Select(c => new CaseHead(c.Id, c.JournalCount, c.JournalHead)).ToListAsync(ct);
        var since = await db.CaseJournal.AsNoTracking().Where(e => e.Id > cut).GroupBy(e => e.CaseId).Select(g => new { g.Key, First = g.Min(e => e.Sequence) })
            .ToDictionaryAsync(g => g.Key, g => g.First, ct);
        var heads = new List<CaseHead>(cases.Count);
        foreach (var current in cases)
        {
            if (!since.TryGetValue(current.Id, out var first)) heads.Add(current);
            else if (await db.CaseJournal.AsNoTracking().FirstOrDefaultAsync(e => e.CaseId == current.Id && e.Sequence == first - 1, ct) is { } before)
                heads.Add(new CaseHead(current.Id, before.Sequence, before.Hash));
        }

        return heads;
    }
}

/// <summary>Seals what <see cref="Checkpoints.DueAsync"/> counted. False when another node was faster.</summary>
/// <param name="After">The newest checkpoint that was there when it was counted; 0 for none.</param>
public sealed record MakeCheckpoint(long After, int Cases, byte[] Heads) : IStep<bool>, IBackgroundStep;

internal sealed class MakeCheckpointHandler(DeskDb db, JournalSeal seal, StepScope step) : IRequestHandler<MakeCheckpoint, bool>
{
    public async Task<bool> Handle(MakeCheckpoint request, CancellationToken cancellationToken)
    {
        step.Actor.Require();

        // Two nodes ring at the same minute: this row's lock makes one of them wait and find the other's checkpoint.
        var now = step.Now.ToString("O");
        if (await db.Facts.Where(f => f.Name == DeskFacts.Checkpoint).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, now), cancellationToken) == 0)
            db.Facts.Add(DeskFact.Of(DeskFacts.Checkpoint, now));
        var last = await db.JournalCheckpoints.AsNoTracking().OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        if ((last?.Id ?? 0) != request.After) return false;
        db.JournalCheckpoints.Add(JournalCheckpoint.Make(step.Now, request.Cases, request.Heads, seal.Of(last?.Hash ?? [], step.Now, request.Cases, request.Heads)));
        return true;
    }
}

/// <summary>Where one case's chain stood.</summary>
internal sealed record CaseHead(CaseId Id, int Count, byte[] Head);

/// <summary>The arithmetic of checkpoints, the same for making and for checking.</summary>
internal static class CheckpointHeads
{
    /// <summary>Layout: row id of the last journal entry covered (8, big-endian) · SHA-256 over (case id, count, head) in id order.</summary>
    public static byte[] Of(long cut, List<CaseHead> heads)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> line = stackalloc byte[20];
        foreach (var head in heads.OrderBy(h => h.Id))
        {
            head.Id.Value.TryWriteBytes(line, bigEndian: true, out _);
            BinaryPrimitives.WriteInt32BigEndian(line[16..], head.Count);
            hash.AppendData(line);
            hash.AppendData(head.Head);
        }

        var bytes = new byte[40];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cut);
        hash.GetHashAndReset(bytes.AsSpan(8));
        return bytes;
    }

    public static long CutOf(JournalCheckpoint checkpoint) => checkpoint.Heads.Length == 40 ? BinaryPrimitives.ReadInt64BigEndian(checkpoint.Heads) : 0;
}
