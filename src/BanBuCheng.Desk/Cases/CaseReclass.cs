using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>改难易 — from what to what, why, who asked for it and who approved it. The clock goes on from the day of acceptance.</summary>
public sealed class CaseReclass
{
    private CaseReclass() { }

    internal static CaseReclass Record(Guid id, CaseId caseId, Difficulty from, Difficulty to, string reason, DateOnly? oldDue, DateOnly newDue, Actor by, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = caseId,
        From = from,
        To = to,
        Reason = reason,
        OldDue = oldDue,
        NewDue = newDue,
        AskedBy = by.Name,
        At = now,
    };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public Difficulty From { get; private set; }
    public Difficulty To { get; private set; }

    /// <summary>Written for the citizen, who reads it on the query page.</summary>
    public string Reason { get; private set; } = "";
    public DateOnly? OldDue { get; private set; }
    public DateOnly NewDue { get; private set; }
    public string AskedBy { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <summary>批准人; null from the hand-over to the station until its head has judged the case.</summary>
    public string? ApprovedBy { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    internal void Approve(Actor by, DateTimeOffset now)
    {
        if (ApprovedAt is null) (ApprovedBy, ApprovedAt) = (by.Name, now);
    }
}

/// <summary>The changes of a case's difficulty: written by whoever asks, approved by the station head — at once when that is the same person, else with the judgement.</summary>
public class CaseReclasses(DeskDb db, StepScope step)
{
    private static readonly string[] Approvers = [Roles.StationHead, Roles.BureauLeader];

    internal CaseReclass Record(ServiceCase serviceCase, Difficulty from, DateOnly? oldDue, string reason)
    {
        var change = CaseReclass.Record(Guid.CreateVersion7(step.Now), serviceCase.Id, from, serviceCase.Difficulty,
            reason.Length > CaseLimits.LongText ? reason[..CaseLimits.LongText] : reason, oldDue, serviceCase.DueOn!.Value, step.Actor, step.Now);
        if (Approvers.Any(step.Actor.Is)) change.Approve(step.Actor, step.Now);
        Keep(change);
        return change;
    }

    /// <summary>Somebody who may approve has judged the case and let the new difficulty stand.</summary>
    internal virtual async ValueTask ApproveAsync(ServiceCase serviceCase, CancellationToken ct)
    {
        if (!Approvers.Any(step.Actor.Is)) return;
        await db.CaseReclasses.Where(r => r.CaseId == serviceCase.Id && r.ApprovedAt == null).LoadAsync(ct);
        foreach (var change in db.CaseReclasses.Local.Where(r => r.CaseId == serviceCase.Id)) change.Approve(step.Actor, step.Now);
    }

    protected virtual void Keep(CaseReclass change) => db.CaseReclasses.Add(change);
}

internal sealed class CaseReclassTable : IEntityTypeConfiguration<CaseReclass>
{
    public void Configure(EntityTypeBuilder<CaseReclass> builder)
    {
        builder.ToTable("case_reclasses");
        builder.HasKey(r => r.Id);
        builder.HasIndex(r => r.CaseId);
        builder.Property(r => r.Reason).HasMaxLength(CaseLimits.LongText);
        builder.Property(r => r.AskedBy).HasMaxLength(40);
        builder.Property(r => r.ApprovedBy).HasMaxLength(40);
    }
}
