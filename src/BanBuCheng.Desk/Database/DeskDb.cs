using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BanBuCheng.Desk.Database;

/// <summary>The floor plan: which tables there are. Sets, conventions and one save hook; queries and rules live in the rooms.</summary>
public abstract class DeskDb : DbContext, IDataProtectionKeyContext
{
    protected DeskDb(DbContextOptions options) : base(options) =>
        // The step has one transaction and one save; a savepoint inside it would only be a round trip.
        Database.AutoSavepointsEnabled = false;

    public DbSet<OfficeUnit> OfficeUnits => Set<OfficeUnit>();
    public DbSet<StaffMember> Staff => Set<StaffMember>();
    public DbSet<PolicyVersion> Policies => Set<PolicyVersion>();
    public DbSet<CalendarChange> CalendarChanges => Set<CalendarChange>();
    public DbSet<CalendarVersion> CalendarVersions => Set<CalendarVersion>();
    public DbSet<ServiceCase> Cases => Set<ServiceCase>();
    public DbSet<CaseJournalEntry> CaseJournal => Set<CaseJournalEntry>();
    public DbSet<JournalCheckpoint> JournalCheckpoints => Set<JournalCheckpoint>();
    public DbSet<CaseSerial> CaseSerials => Set<CaseSerial>();
    public DbSet<SolutionAttempt> SolutionAttempts => Set<SolutionAttempt>();
    public DbSet<CaseDocument> CaseDocuments => Set<CaseDocument>();
    public DbSet<CaseNote> CaseNotes => Set<CaseNote>();
    public DbSet<CasePause> CasePauses => Set<CasePause>();
    public DbSet<CaseAuthorisation> Authorisations => Set<CaseAuthorisation>();
    public DbSet<AgencyStep> AgencySteps => Set<AgencyStep>();
    public DbSet<CaseAttachment> Attachments => Set<CaseAttachment>();
    public DbSet<AttachmentContent> AttachmentContents => Set<AttachmentContent>();
    public DbSet<StaffNotice> StaffNotices => Set<StaffNotice>();
    public DbSet<OnSiteAnswer> OnSiteAnswers => Set<OnSiteAnswer>();
    public DbSet<CaseReturn> CaseReturns => Set<CaseReturn>();
    public DbSet<DispatchRule> DispatchRules => Set<DispatchRule>();
    public DbSet<CaseReclass> CaseReclasses => Set<CaseReclass>();
    public DbSet<CaseLate> CaseLates => Set<CaseLate>();
    public DbSet<CaseConsultation> Consultations => Set<CaseConsultation>();
    public DbSet<CaseSupplement> Supplements => Set<CaseSupplement>();
    public DbSet<CaseVisit> CaseVisits => Set<CaseVisit>();
    public DbSet<CasePraise> Praises => Set<CasePraise>();
    public DbSet<CompanionStep> CompanionSteps => Set<CompanionStep>();
    public DbSet<AgendaItem> AgendaItems => Set<AgendaItem>();
    public DbSet<CommitteeMeeting> CommitteeMeetings => Set<CommitteeMeeting>();
    public DbSet<MeetingInvitation> MeetingInvitations => Set<MeetingInvitation>();
    public DbSet<DecisionItem> DecisionItems => Set<DecisionItem>();
    public DbSet<CaseCluster> CaseClusters => Set<CaseCluster>();
    public DbSet<ClusterMember> ClusterMembers => Set<ClusterMember>();
    public DbSet<PolicyBottleneck> PolicyBottlenecks => Set<PolicyBottleneck>();
    public DbSet<BottleneckCase> BottleneckCases => Set<BottleneckCase>();
    public DbSet<CaseNotice> CaseNotices => Set<CaseNotice>();
    public DbSet<InboxTask> InboxTasks => Set<InboxTask>();
    public DbSet<TaskForm> TaskForms => Set<TaskForm>();
    public DbSet<TaskDraft> TaskDrafts => Set<TaskDraft>();
    public DbSet<OutgoingSms> OutgoingSms => Set<OutgoingSms>();
    public DbSet<FlowAct> FlowActs => Set<FlowAct>();
    public DbSet<DeskFact> Facts => Set<DeskFact>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new OfficeUnitTable());
        modelBuilder.ApplyConfiguration(new StaffTable());
        modelBuilder.ApplyConfiguration(new PolicyVersionTable());
        modelBuilder.ApplyConfiguration(new CalendarChangeTable());
        modelBuilder.ApplyConfiguration(new CalendarVersionTable());
        modelBuilder.ApplyConfiguration(new CaseTable());
        modelBuilder.ApplyConfiguration(new CaseJournalTable());
        modelBuilder.ApplyConfiguration(new JournalCheckpointTable());
        modelBuilder.ApplyConfiguration(new CaseSerialTable());
        modelBuilder.ApplyConfiguration(new SolutionAttemptTable());
        modelBuilder.ApplyConfiguration(new CaseDocumentTable());
        modelBuilder.ApplyConfiguration(new CaseNoteTable());
        modelBuilder.ApplyConfiguration(new CasePauseTable());
        modelBuilder.ApplyConfiguration(new CaseAuthorisationTable());
        modelBuilder.ApplyConfiguration(new AgencyStepTable());
        modelBuilder.ApplyConfiguration(new CaseAttachmentTable());
        modelBuilder.ApplyConfiguration(new AttachmentContentTable());
        modelBuilder.ApplyConfiguration(new StaffNoticeTable());
        modelBuilder.ApplyConfiguration(new OnSiteAnswerTable());
        modelBuilder.ApplyConfiguration(new CaseReturnTable());
        modelBuilder.ApplyConfiguration(new DispatchRuleTable());
        modelBuilder.ApplyConfiguration(new CaseReclassTable());
        modelBuilder.ApplyConfiguration(new CaseLateTable());
        modelBuilder.ApplyConfiguration(new CaseConsultationTable());
        modelBuilder.ApplyConfiguration(new CaseSupplementTable());
        modelBuilder.ApplyConfiguration(new CaseVisitTable());
        modelBuilder.ApplyConfiguration(new CasePraiseTable());
        modelBuilder.ApplyConfiguration(new CompanionStepTable());
        modelBuilder.ApplyConfiguration(new AgendaItemTable());
        modelBuilder.ApplyConfiguration(new CommitteeMeetingTable());
        modelBuilder.ApplyConfiguration(new MeetingInvitationTable());
        modelBuilder.ApplyConfiguration(new DecisionItemTable());
        modelBuilder.ApplyConfiguration(new CaseClusterTable());
        modelBuilder.ApplyConfiguration(new ClusterMemberTable());
        modelBuilder.ApplyConfiguration(new PolicyBottleneckTable());
        modelBuilder.ApplyConfiguration(new BottleneckCaseTable());
        modelBuilder.ApplyConfiguration(new CaseNoticeTable());
        modelBuilder.ApplyConfiguration(new InboxTaskTable());
        modelBuilder.ApplyConfiguration(new TaskFormTable());
        modelBuilder.ApplyConfiguration(new TaskDraftTable());
        modelBuilder.ApplyConfiguration(new OutgoingSmsTable());
        modelBuilder.ApplyConfiguration(new FlowActTable());
        modelBuilder.ApplyConfiguration(new DeskFactTable());
        modelBuilder.AddFlowTables();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<CaseId>().HaveConversion<CaseIdConverter>();
        configurationBuilder.Properties<TaskId>().HaveConversion<TaskIdConverter>();
        configurationBuilder.Properties<StaffId>().HaveConversion<StaffIdConverter>();
        configurationBuilder.Properties<SmsId>().HaveConversion<SmsIdConverter>();
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedTextConverter>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Everything is compared with what was read once, not once here and again by EF.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            RaiseVersions();
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Portable optimistic lock: an int that grows with every change of the row (PostgreSQL's xmin is not portable).</summary>
    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State != EntityState.Modified) continue;
            var version = entry.Metadata.FindProperty("Version");
            if (version?.IsConcurrencyToken != true) continue;
            var property = entry.Property("Version");
            property.CurrentValue = (int)property.OriginalValue! + 1;
        }
    }

    internal sealed class CaseIdConverter() : ValueConverter<CaseId, Guid>(id => id.Value, value => new CaseId(value));
    internal sealed class TaskIdConverter() : ValueConverter<TaskId, Guid>(id => id.Value, value => new TaskId(value));
    internal sealed class StaffIdConverter() : ValueConverter<StaffId, Guid>(id => id.Value, value => new StaffId(value));
    internal sealed class SmsIdConverter() : ValueConverter<SmsId, Guid>(id => id.Value, value => new SmsId(value));
    internal sealed class SealedTextConverter() : ValueConverter<SealedText, byte[]>(text => text.Bytes, bytes => new SealedText(bytes));

    // SQLite can neither compare nor order a DateTimeOffset; UTC DateTime text it can. PostgreSQL: timestamp with time zone.
    internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        at => at.UtcDateTime, at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
}
