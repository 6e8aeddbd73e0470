using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Cases;

/// <summary>方案 — one attempt at a solution; a later attempt never loses an earlier one.</summary>
public sealed class SolutionAttempt
{
    private SolutionAttempt() { }

    internal static SolutionAttempt Propose(Guid id, CaseId caseId, int number, string text, Actor by, DateTimeOffset at) => new()
    {
        Id = id,
        CaseId = caseId,
        Number = number,
        Text = text,
        ProposedBy = by.Name,
        ProposedByUnit = by.UnitCode,
        ProposedAt = at,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>1, 2, 3 … within the case.</summary>
    public int Number { get; private set; }
    public string Text { get; private set; } = "";
    public string ProposedBy { get; private set; } = "";
    public string ProposedByUnit { get; private set; } = "";
    public DateTimeOffset ProposedAt { get; private set; }
    public AttemptState State { get; private set; }
    public string? Objection { get; private set; }
    public string? Objector { get; private set; }
    public string? ObjectionBasis { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    internal void Challenge(string objection, string? basis, string objector, DateTimeOffset at)
    {
        State = AttemptState.Challenged;
        Objection = objection;
        ObjectionBasis = basis;
        Objector = objector;
        DecidedAt = at;
    }

    internal void Adopt(DateTimeOffset at)
    {
        State = AttemptState.Adopted;
        DecidedAt = at;
    }
}

public enum AttemptState { Proposed, Challenged, Adopted }

/// <summary>文件 — a certificate, filing receipt or other document that solves a case, by its number and organs .</summary>
public sealed class CaseDocument
{
    private CaseDocument() { }

    internal static CaseDocument Add(Guid id, CaseId caseId, string title, string documentNumber, string issuer, string? filedWith, string? receiptNumber, Actor by, DateTimeOffset at) => new()
    {
        Id = id,
        CaseId = caseId,
        Title = title,
        DocumentNumber = documentNumber,
        IssuingUnit = issuer,
        FiledWith = filedWith,
        ReceiptNumber = receiptNumber,
        AddedBy = by.Name,
        AddedAt = at,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public string Title { get; private set; } = "";
    public string DocumentNumber { get; private set; } = "";
    public string IssuingUnit { get; private set; } = "";
    public string? FiledWith { get; private set; }
    public string? ReceiptNumber { get; private set; }
    public string AddedBy { get; private set; } = "";
    public DateTimeOffset AddedAt { get; private set; }
}

/// <summary>内部备注 — a note between colleagues; never shown to a citizen.</summary>
public sealed class CaseNote
{
    private CaseNote() { }

    internal static CaseNote Write(Guid id, CaseId caseId, string text, Actor by, DateTimeOffset at) =>
        new() { Id = id, CaseId = caseId, Text = text, Author = by.Name, At = at };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public string Text { get; private set; } = "";
    public string Author { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}

/// <summary>The last serial given out on a day; its row lock is what keeps case numbers without gaps and without doubles.</summary>
public sealed class CaseSerial
{
    private CaseSerial() { }
    internal static CaseSerial For(DateOnly day) => new() { Day = day };

    public DateOnly Day { get; private set; }
    public int Last { get; private set; }

    /// <summary>For the first case of the day.</summary>
    internal int Take() => ++Last;
}

/// <summary>Anchor over the journal heads of all cases at one hour, chained to the anchor before it: shows a removed case or a cut tail.</summary>
public sealed class JournalCheckpoint
{
    private JournalCheckpoint() { }

    internal static JournalCheckpoint Make(DateTimeOffset at, int cases, byte[] heads, byte[] hash) =>
        new() { At = at, Cases = cases, Heads = heads, Hash = hash };

    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int Cases { get; private set; }

    /// <summary>How far it reaches, and SHA-256 over (case id, count, head) of all cases in id order (<see cref="CheckpointHeads"/>).</summary>
    public byte[] Heads { get; private set; } = [];
    public byte[] Hash { get; private set; } = [];
}
