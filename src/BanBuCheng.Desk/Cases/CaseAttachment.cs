using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 附件 — a paper or photograph that belongs to a case. Its content is kept first, in a step of its own, under a key; a case refers to
/// it afterwards. What no case ever referred to is swept away after a day.
/// </summary>
public sealed class CaseAttachment
{
    private CaseAttachment() { }

    internal static CaseAttachment Keep(Guid id, Guid key, SealedText fileName, string mediaType, int size, byte[] sha256, string scan, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        Key = key,
        FileName = fileName,
        MediaType = mediaType,
        Size = size,
        Sha256 = sha256,
        Scan = scan,
        KeptByLogin = by.Login,
        KeptBy = by.Name,
        KeptAt = now,
    };

    public Guid Id { get; private set; }

    /// <summary>The blank form's submission key, or the case's id: whatever it was handed in with.</summary>
    public Guid Key { get; private set; }

    /// <summary>Null until a case refers to it.</summary>
    public CaseId? CaseId { get; private set; }

    /// <summary>Sealed: people put names and numbers into file names.</summary>
    public SealedText FileName { get; private set; } = new([]);

    /// <summary>What the bytes are, not what the sender said.</summary>
    public string MediaType { get; private set; } = "";
    public int Size { get; private set; }
    public byte[] Sha256 { get; private set; } = [];

    /// <summary>What the scanner said; <c>not-scanned</c> when the hall has none.</summary>
    public string Scan { get; private set; } = "";
    public string KeptByLogin { get; private set; } = "";
    public string KeptBy { get; private set; } = "";
    public DateTimeOffset KeptAt { get; private set; }

    internal void BelongTo(CaseId caseId) => CaseId = caseId;
}

/// <summary>The bytes of an attachment, sealed like every personal field; in a table of its own, so that lists never read them.</summary>
public sealed class AttachmentContent
{
    private AttachmentContent() { }

    internal static AttachmentContent Of(Guid id, byte[] sealedBytes) => new() { Id = id, Bytes = sealedBytes };

    public Guid Id { get; private set; }
    public byte[] Bytes { get; private set; } = [];
}

internal sealed class CaseAttachmentTable : IEntityTypeConfiguration<CaseAttachment>
{
    public void Configure(EntityTypeBuilder<CaseAttachment> builder)
    {
        builder.ToTable("case_attachments");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.CaseId);
        builder.HasIndex(a => new { a.Key, a.KeptAt });
        builder.Property(a => a.MediaType).HasMaxLength(60);
        builder.Property(a => a.Scan).HasMaxLength(60);
        builder.Property(a => a.KeptByLogin).HasMaxLength(40);
        builder.Property(a => a.KeptBy).HasMaxLength(40);
    }
}

internal sealed class AttachmentContentTable : IEntityTypeConfiguration<AttachmentContent>
{
    public void Configure(EntityTypeBuilder<AttachmentContent> builder)
    {
        builder.ToTable("attachment_contents");
        builder.HasKey(c => c.Id);
    }
}
