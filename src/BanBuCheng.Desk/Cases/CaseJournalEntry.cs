using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// One row of the case journal: append-only, kept as long as the file, chained by hash within its case. Holds ids, codes and salted
/// digests only, so that it can be kept and shown without personal data.
/// </summary>
public sealed class CaseJournalEntry
{
    private CaseJournalEntry() { }

    public long Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public int Sequence { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>What happened, a code of <see cref="JournalKinds"/>.</summary>
    public string Kind { get; private set; } = "";
    public string ActorKind { get; private set; } = "";
    public string ActorLogin { get; private set; } = "";

    /// <summary>Canonical JSON of ids, codes, dates and numbers.</summary>
    public string Facts { get; private set; } = "{}";
    public byte[] Hash { get; private set; } = [];

    /// <summary>Writes the next entry of a case; the case row carries the head of the chain.</summary>
    internal static CaseJournalEntry Append(ServiceCase serviceCase, DateTimeOffset at, Actor actor, string kind, string facts)
    {
        var (sequence, previous) = serviceCase.NextJournalEntry();
        var entry = new CaseJournalEntry
        {
            CaseId = serviceCase.Id,
            Sequence = sequence,
            At = at,
            Kind = kind,
            ActorKind = actor.Kind.ToString(),
            ActorLogin = actor.Login,
            Facts = facts,
        };
        entry.Hash = entry.ComputeHash(previous);
        serviceCase.Journalled(sequence, entry.Hash);
        return entry;
    }

    /// <summary>SHA-256 over the previous hash and every column but the row id; the instant counts in whole milliseconds.</summary>
    internal byte[] ComputeHash(byte[] previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(numbers, Sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[4..], At.ToUnixTimeMilliseconds());
        hash.AppendData(numbers);
        hash.AppendData(Encoding.UTF8.GetBytes($"{CaseId}\n{Kind}\n{ActorKind}\n{ActorLogin}\n{Facts}"));
        return hash.GetHashAndReset();
    }
}
