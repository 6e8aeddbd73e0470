using BanBuCheng.Desk.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Inbox;

internal sealed class InboxTaskTable : IEntityTypeConfiguration<InboxTask>
{
    public void Configure(EntityTypeBuilder<InboxTask> builder)
    {
        builder.ToTable("inbox_tasks");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.Property(t => t.ActivityId).HasMaxLength(80);
        builder.Property(t => t.Title).HasMaxLength(CaseLimits.ShortText);
        builder.Property(t => t.FormHash).HasMaxLength(64);
        builder.Property(t => t.AssignedRole).HasMaxLength(40);
        builder.Property(t => t.AssignedUnit).HasMaxLength(40);
        builder.Property(t => t.AssignedPerson).HasMaxLength(40);
        builder.Property(t => t.Excluded).HasMaxLength(1000);
        builder.Property(t => t.HolderLogin).HasMaxLength(40);
        builder.Property(t => t.HolderName).HasMaxLength(40);
        builder.Property(t => t.DoneByLogin).HasMaxLength(40);
        builder.Property(t => t.DoneByName).HasMaxLength(40);
        builder.Property(t => t.Outcome).HasMaxLength(60);

        // 轮到我, 组里没人接 of a unit and of a role read the open tasks in order. Finished tasks stay for years and open ones for days: an
        // index of the open ones only is small, and an ended task leaves it.
        builder.HasIndex(t => new { t.HolderLogin, t.SortAt, t.Id }).HasFilter("state = 'Open'");
        builder.HasIndex(t => new { t.AssignedUnit, t.SortAt, t.Id }).HasFilter("state = 'Open' AND assigned_unit IS NOT NULL");
        builder.HasIndex(t => new { t.AssignedRole, t.SortAt, t.Id }).HasFilter("state = 'Open' AND assigned_role IS NOT NULL");

        // What I finished; a case's own tasks; and, for the ledger, the cases a unit or a person was ever asked about.
        builder.HasIndex(t => new { t.AssignedUnit, t.CaseId }).HasFilter("assigned_unit IS NOT NULL");
        builder.HasIndex(t => new { t.AssignedPerson, t.CaseId }).HasFilter("assigned_person IS NOT NULL");
        builder.HasIndex(t => new { t.DoneByLogin, t.EndedAt, t.CaseId }).HasFilter("done_by_login IS NOT NULL");
        builder.HasIndex(t => t.CaseId);
    }
}

internal sealed class TaskFormTable : IEntityTypeConfiguration<TaskForm>
{
    public void Configure(EntityTypeBuilder<TaskForm> builder)
    {
        builder.ToTable("task_forms");
        builder.HasKey(f => f.Hash);
        builder.Property(f => f.Hash).HasMaxLength(64);
    }
}

internal sealed class TaskDraftTable : IEntityTypeConfiguration<TaskDraft>
{
    public void Configure(EntityTypeBuilder<TaskDraft> builder)
    {
        builder.ToTable("task_drafts");
        builder.HasKey(d => new { d.Key, d.Login });
        builder.Property(d => d.Login).HasMaxLength(40);
        builder.Property(d => d.Revision).IsConcurrencyToken();
        builder.HasIndex(d => d.SavedAt);
    }
}
