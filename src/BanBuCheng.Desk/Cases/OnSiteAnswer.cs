using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 现场解答 — a question that was answered at the counter, in the words of the clerk. It asks for no name and owes no further reply; its
/// number is of the same series as the cases', so that somebody who comes back need not tell it again.
/// </summary>
public sealed class OnSiteAnswer
{
    private OnSiteAnswer() { }

    internal static OnSiteAnswer Give(Guid id, Guid submissionKey, string number, DateOnly day, string question, string answer, string? basis, int seconds, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        SubmissionKey = submissionKey,
        Number = number,
        Day = day,
        Question = question,
        Answer = answer,
        Basis = basis,
        BasisKey = basis is null ? null : Clauses.KeyOf(basis),
        Seconds = seconds,
        UnitCode = by.UnitCode,
        ByLogin = by.Login,
        ByName = by.Name,
        At = now,
    };

    public Guid Id { get; private set; }

    /// <summary>Drawn with the blank form: posted twice is one answer.</summary>
    public Guid SubmissionKey { get; private set; }
    public string Number { get; private set; } = "";
    public DateOnly Day { get; private set; }
    public string Question { get; private set; } = "";
    public string Answer { get; private set; } = "";

    /// <summary>依据哪一条, when the clerk said so; when it changes, the answer is out of date.</summary>
    public string? Basis { get; private set; }
    public string? BasisKey { get; private set; }
    public DateTimeOffset? OutdatedAt { get; private set; }

    /// <summary>条文改成了什么.</summary>
    public string? OutdatedBy { get; private set; }

    internal void Outdate(string to, DateTimeOffset at) => (OutdatedBy, OutdatedAt) = (to, at);

    /// <summary>From the opening of the page to the last key; 0 when it is not known.</summary>
    public int Seconds { get; private set; }
    public string UnitCode { get; private set; } = "";
    public string ByLogin { get; private set; } = "";
    public string ByName { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}

internal sealed class OnSiteAnswerTable : IEntityTypeConfiguration<OnSiteAnswer>
{
    public void Configure(EntityTypeBuilder<OnSiteAnswer> builder)
    {
        builder.ToTable("on_site_answers");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasIndex(a => a.SubmissionKey).IsUnique();
        builder.HasIndex(a => new { a.Day, a.At });
        builder.Property(a => a.Number).HasMaxLength(CaseNumber.Length);
        builder.Property(a => a.Question).HasMaxLength(CaseLimits.ShortText);
        builder.Property(a => a.Answer).HasMaxLength(CaseLimits.LongText);
        builder.HasIndex(a => a.BasisKey);
        builder.HasIndex(a => a.OutdatedAt);
        builder.Property(a => a.Basis).HasMaxLength(CaseLimits.ShortText);
        builder.Property(a => a.BasisKey).HasMaxLength(CaseLimits.ShortText);
        builder.Property(a => a.OutdatedBy).HasMaxLength(500);
        builder.Property(a => a.UnitCode).HasMaxLength(40);
        builder.Property(a => a.ByLogin).HasMaxLength(40);
        builder.Property(a => a.ByName).HasMaxLength(40);
    }
}
