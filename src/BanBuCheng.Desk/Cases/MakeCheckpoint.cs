using System.Buffers.Binary;
using System.Security.Cryptography;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>检查点 — once an hour, chains the heads of all cases. False when this hour has one, or nothing was written yet.</summary>
public sealed record MakeCheckpoint : IStep<bool>;

internal sealed class MakeCheckpointHandler(DeskDb db, JournalSeal seal, StepScope step) : IRequestHandler<MakeCheckpoint, bool>
{
    /// <summary>Steps that are still running may commit entries with lower row ids than those one sees; none runs this long.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(5);

    public async Task<bool> Handle(MakeCheckpoint request, CancellationToken cancellationToken)
    {
        step.Actor.Require();

        // Two nodes ring at the same minute: this row's lock makes one of them wait and find the other's checkpoint.
        var now = step.Now.ToString("O");
        if (await db.Facts.Where(f => f.Name == DeskFacts.Checkpoint).ExecuteUpdateAsync(f => f.SetProperty(x => x.Value, now), cancellationToken) == 0)
            db.Facts.Add(DeskFact.Of(DeskFacts.Checkpoint, now));
        var last = await db.JournalCheckpoints.AsNoTracking().OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        if (last is not null && step.Now.UtcTicks / TimeSpan.TicksPerHour <= last.At.UtcTicks / TimeSpan.TicksPerHour) return false;

        var settled = step.Now - LongestStep;
        var cut = await db.CaseJournal.Where(e => e.At <= settled).OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        cut = Math.Max(cut, last is null ? 0 : CheckpointHeads.CutOf(last));
        if (cut == 0) return false;

        var heads = await HeadsAsync(cut, cancellationToken);
        var digest = CheckpointHeads.Of(cut, heads);
        db.JournalCheckpoints.Add(JournalCheckpoint.Make(step.Now, heads.Count, digest, seal.Of(last?.Hash ?? [], step.Now, heads.Count, digest)));
        return true;
    }

    /// <summary>The heads as they were at the cut: a case's own, or for the few that went on since then the entry before.</summary>
    private async Task<List<CaseHead>> HeadsAsync(long cut, CancellationToken ct)
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
