using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Rehearsal;

// The rooms that the government activities work in, with memory in place of tables. The activities themselves are the real ones, and so
// is every rule in these rooms: only where a row is kept and found is another. See docs/decisions/0020.

/// <summary>There is none in a rehearsal: a way into the tables that was not replaced here fails at once instead of touching anything.</summary>
internal static class NoDatabase
{
    public static DeskDb Here => null!;
}

/// <summary>One step after another at the virtual clock's time.</summary>
internal sealed class RehearsedStep(TimeProvider clock) : StepScope
{
    public override DateTimeOffset Now => clock.GetUtcNow();
}

internal sealed class RehearsedCases : FlowCases
{
    private readonly Dictionary<CaseId, RehearsedCase> _cases = [];

    public RehearsedCases()
        : base(NoDatabase.Here)
    {
    }

    public IReadOnlyCollection<RehearsedCase> All => _cases.Values;

    public void Add(RehearsedCase rehearsed) => _cases.Add(rehearsed.Case.Id, rehearsed);

    public RehearsedCase Of(CaseId id) => _cases[id];

    public override ValueTask<ServiceCase?> FindAsync(CaseId id, CancellationToken ct) => new(_cases.GetValueOrDefault(id)?.Case);
}

internal sealed class RehearsedJournal(RehearsedCases cases, StepScope step) : CaseJournal(NoDatabase.Here, step)
{
    private readonly StepScope _step = step;

    public override void Write(ServiceCase serviceCase, string kind, params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        var texts = new (string, string?)[facts.Length];
        for (var i = 0; i < facts.Length; i++) texts[i] = (facts[i].Name, facts[i].Value is DateOnly day ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : facts[i].Value?.ToString());
        cases.Of(serviceCase.Id).Journal.Add(new RehearsedEntry(_step.Now, kind, texts));
    }

    public override ValueTask<bool> HasAsync(CaseId caseId, IReadOnlyList<string> kinds, CancellationToken ct) => new(cases.Of(caseId).Journal.Exists(e => kinds.Contains(e.Kind)));
}

/// <summary>Why a case was re-classed is written for people; none reads it here.</summary>
internal sealed class RehearsedReclasses(StepScope step) : CaseReclasses(NoDatabase.Here, step)
{
    internal override ValueTask ApproveAsync(ServiceCase serviceCase, CancellationToken ct) => default;

    protected override void Keep(CaseReclass change) { }
}

internal sealed class RehearsedPauses(RehearsedCases cases, TimeProvider clock) : CasePauses(NoDatabase.Here, clock)
{
    public override ValueTask<IReadOnlyList<Pause>> OfAsync(CaseId caseId, CancellationToken ct) => new([.. cases.Of(caseId).Pauses]);

    internal override void Open(CaseId caseId, DateOnly from, string reason) => cases.Of(caseId).Pauses.Add(ToPause(CasePause.Begin(Guid.Empty, caseId, from, reason)));

    internal override ValueTask<IReadOnlyList<Pause>> CloseAsync(CaseId caseId, DateOnly until, CancellationToken ct)
    {
        var pauses = cases.Of(caseId).Pauses;
        for (var i = 0; i < pauses.Count; i++)
            if (pauses[i].Until is null) pauses[i] = pauses[i] with { Until = until };
        return new([.. pauses]);
    }
}

internal sealed class RehearsedDeadlines(RehearsalWorld world) : DeadlineBook(NoDatabase.Here, null!)
{
    public override int CalendarVersion => 0;

    public override WorkingCalendar Calendar => world.Calendar;

    public override ValueTask<DeadlinePolicy> PolicyAsync(CancellationToken ct) => new(world.Policy);
}

internal sealed class RehearsedTasks(RehearsalWorld world, RehearsedCases cases, CaseJournal journal, StepScope step, TimeProvider clock) : TaskOpener(NoDatabase.Here, journal, step, clock)
{
    private readonly Dictionary<string, string> _forms = [];
    private readonly Dictionary<string, string> _hashes = [];
    private readonly Dictionary<TaskId, InboxTask> _tasks = [];

    /// <summary>The form that a task asks for, with the hall's lists; null for a task without one.</summary>
    public async ValueTask<FormCheck?> FormOfAsync(InboxTask task, CancellationToken ct) =>
        task.FormHash is { } hash ? await FormCheck.OfAsync(world.Forms.GetOrAdd(_forms[hash], world.Filled), ct) : null;

    public override ValueTask<InboxTask?> FindAsync(TaskId id, CancellationToken ct) => new(_tasks.GetValueOrDefault(id));

    public override ValueTask<string?> KeepFormAsync(string? schema, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(schema)) return new((string?)null);
        if (_hashes.TryGetValue(schema, out var known)) return new(known);
        RequireObject(schema);
        _forms[_hashes[schema] = TaskForm.HashOf(schema)] = schema;
        return new(_hashes[schema]);
    }

    public override ValueTask<IReadOnlyList<string>> HandlersOfAsync(CaseId caseId, IReadOnlyList<string> activities, CancellationToken ct) =>
        new([.. cases.Of(caseId).Tasks.Where(t => activities.Contains(t.ActivityId) && t.DoneByLogin is not null).GroupBy(t => t.ActivityId).Select(g => g.MaxBy(t => t.EndedAt)!.DoneByLogin!).Distinct()]);

    public override ValueTask<bool> HasSomebodyAsync(Assignee assignee, IReadOnlyList<string> excluded, CancellationToken ct) =>
        new(world.People.Any(p => !excluded.Contains(p.Login) && IsAsked(assignee, p)));

    public override ValueTask<IReadOnlyList<string>> VisitorsWhoHandledAsync(ServiceCase serviceCase, CancellationToken ct)
    {
        var handlers = cases.Of(serviceCase.Id).Tasks.Where(t => t.DoneByLogin is not null && t.Purpose is not TaskPurpose.Visit && t.AssignedRole != Roles.Visitor).Select(t => t.DoneByLogin!).ToHashSet();
        return new([.. world.People.Where(p => (p.Roles.Contains(Roles.Visitor) || p.Roles.Contains(Roles.Supervisor)) && (handlers.Contains(p.Login) || p.AsActor.StaffId == serviceCase.FirstContact)).Select(p => p.Login)]);
    }

    public override ValueTask<bool> ActedAsync(CaseId caseId, CancellationToken ct) => new(cases.Of(caseId).Acted);

    public override ValueTask<IReadOnlyList<Assignee>> HandlersAsync(CaseId caseId, CancellationToken ct) => new([]);

    public override ValueTask<string?> UnitNameAsync(string code, CancellationToken ct) => new(world.Units.FirstOrDefault(u => u.Code == code)?.Name);

    protected override void Keep(InboxTask task)
    {
        cases.Of(task.CaseId).Tasks.Add(task);
        _tasks.Add(task.Id, task);
    }

    protected override ValueTask<bool> KnowsAsync(Assignee assignee, CancellationToken ct) => new(
        assignee.Role is { } role ? Roles.Captions.ContainsKey(role)
        : assignee.Unit is { } unit ? world.Units.Any(u => u.Code == unit && u.Active)
        : world.People.Any(p => p.Login == assignee.Person));

    public static bool IsAsked(Assignee assignee, RehearsalPerson person) =>
        assignee.Role is { } role ? person.Roles.Contains(role) : assignee.Unit is { } unit ? person.UnitCode == unit : person.Login == assignee.Person;
}

internal sealed class RehearsedNotices(RehearsedCases cases, SmsDesk sms, TaskOpener tasks, TakeOverWatch takeOver, CaseJournal journal, DeadlineBook deadlines, StepScope step, TimeProvider clock)
    : NoticeDesk(NoDatabase.Here, sms, tasks, takeOver, journal, deadlines, step, clock)
{
    private readonly Dictionary<Guid, CaseNotice> _notices = [];

    protected override void Keep(CaseNotice notice)
    {
        cases.Of(notice.CaseId).Notices.Add(notice);
        _notices.Add(notice.Id, notice);
    }

    protected override ValueTask<CaseNotice> FindAsync(Guid id, CancellationToken ct) => new(_notices[id]);

    protected override ValueTask<CaseNotice?> LastReplyAsync(CaseId caseId, CancellationToken ct) =>
        new(cases.Of(caseId).Notices.Where(n => n.Kind is Notices.NoticeKind.Reply && n.DeliveredAt is not null).MaxBy(n => n.DeliveredAt));
}

/// <summary>Messages are rendered and kept; the query code in them is drawn like a real one and means nothing.</summary>
internal sealed class RehearsedSmsDesk(RehearsalWorld world, RehearsedCases cases, StepScope step, CaseJournal journal, TimeProvider clock)
    : SmsDesk(NoDatabase.Here, null!, step, journal, clock, Options.Create(world.Hall))
{
    private readonly HashSet<CaseId> _landlines = [];
    private readonly StepScope _step = step;

    public void IsLandline(CaseId id) => _landlines.Add(id);

    protected override bool CanReceive(ServiceCase serviceCase) => !_landlines.Contains(serviceCase.Id);

    protected override void Issue(ServiceCase serviceCase, string code) { }

    protected override string DrawCode() => "······";

    protected override void Keep(ServiceCase serviceCase, SmsId id, string template, IReadOnlyDictionary<string, string> parameters, DateTimeOffset leaves) =>
        cases.Of(serviceCase.Id).Messages.Add(new RehearsedSms(id, template, SmsTemplates.Render(template, parameters), _step.Now, leaves));

    protected override ValueTask<string?> UnitNameAsync(string code, CancellationToken ct) => new(world.Units.FirstOrDefault(u => u.Code == code)?.Name);

    protected override ValueTask<string?> OfficerNameAsync(CancellationToken ct) =>
        new(world.People.Where(p => p.Roles.Contains(Roles.StationHead)).OrderBy(p => p.Login, StringComparer.Ordinal).Select(p => p.Name).FirstOrDefault());
}

/// <summary>Nobody meets in a rehearsal: the committee's task stands in for its agenda.</summary>
internal sealed class RehearsedAgenda(TimeProvider clock) : CommitteeAgenda(NoDatabase.Here, clock)
{
    public override void Raise(ServiceCase serviceCase, string reason, DateTimeOffset at) { }
}

/// <summary>What a form records beside the flow and no rehearsal reads.</summary>
internal sealed class NothingRecorded(string name) : IFormRecorder
{
    public string Name => name;

    public ValueTask RecordAsync(ServiceCase serviceCase, string outcome, System.Text.Json.Nodes.JsonObject answer, CancellationToken ct) => default;
}

/// <summary>方案、补正告知、文件, in memory: what a form may not say twice or too early is refused here too.</summary>
internal sealed class RehearsedSolutions(RehearsedCases cases) : SolutionBook(NoDatabase.Here)
{
    public override ValueTask<IReadOnlyList<SolutionAttempt>> OfAsync(CaseId caseId, CancellationToken ct) => new([.. cases.Of(caseId).Solutions]);

    public override void Keep(SolutionAttempt attempt) => cases.Of(attempt.CaseId).Solutions.Add(attempt);
}

internal sealed class RehearsedSupplements(RehearsedCases cases) : SupplementBook(NoDatabase.Here)
{
    public override ValueTask<int> CountAsync(CaseId caseId, CancellationToken ct) => new(cases.Of(caseId).Supplements.Count);

    public override void Keep(CaseSupplement supplement) => cases.Of(supplement.CaseId).Supplements.Add(supplement);
}

internal sealed class RehearsedReceipts(RehearsalWorld world, RehearsedCases cases) : FilingReceipts(NoDatabase.Here)
{
    public override void Keep(CaseDocument paper) => cases.Of(paper.CaseId).Papers.Add(paper);

    public override ValueTask<string> NamesAsync(IReadOnlyList<string> codes, CancellationToken ct) =>
        new(string.Join('、', world.Units.Where(u => codes.Contains(u.Code)).OrderBy(u => u.Order).Select(u => u.Name)));

    protected override ValueTask<IReadOnlyList<CaseDocument>> PapersAsync(CaseId caseId, CancellationToken ct) => new([.. cases.Of(caseId).Papers]);
}

internal sealed class RehearsedItems(RehearsedCases cases) : ItemsToCarryOut(NoDatabase.Here)
{
    protected override ValueTask<IReadOnlyList<string>> TitlesAsync(CaseId caseId, CancellationToken ct) => new([.. cases.Of(caseId).OpenTasks.Select(t => t.Title)]);
}

internal sealed class RehearsedLates(RehearsalWorld world, RehearsedCases cases, CaseJournal journal, StepScope step, TimeProvider clock) : LateBook(NoDatabase.Here, journal, step, clock)
{
    private readonly List<CaseLate> _all = [];

    protected override ValueTask<string> PartyAsync(ServiceCase serviceCase, Guid watcher, CancellationToken ct)
    {
        var asked = cases.Of(serviceCase.Id).OpenTasks.Where(t => t.InstanceId != watcher && t.AssignedUnit is not null).OrderByDescending(t => t.AssignedUnit == serviceCase.LeadUnit).ThenBy(t => t.OpenedAt).FirstOrDefault();
        return new(asked?.AssignedUnit ?? world.Units.FirstOrDefault(u => u.Kind is UnitKind.Station)?.Code ?? serviceCase.WindowUnitCode);
    }

    protected override ValueTask<IReadOnlyList<CaseLate>> OfCaseAsync(CaseId caseId, CancellationToken ct) => new([.. _all.Where(l => l.CaseId == caseId)]);

    protected override ValueTask<IReadOnlyList<(CaseLate Late, string Number)>> OfUnitAsync(string unit, DateOnly day, CancellationToken ct) =>
        new([.. _all.Where(l => l.UnitCode == unit && l.On.Year == day.Year && l.On.Month == day.Month).Select(l => (l, cases.Of(l.CaseId).Case.Number))]);

    protected override ValueTask<string?> UnitNameAsync(string code, CancellationToken ct) => new(world.Units.FirstOrDefault(u => u.Code == code)?.Name);

    protected override ValueTask TakeTurnAsync(string unit, CancellationToken ct) => default;

    protected override void Keep(CaseLate late) => _all.Add(late);
}

/// <summary>A rehearsed case is alone in the world.</summary>
internal sealed class RehearsedFellows() : FellowCases(NoDatabase.Here, null!)
{
    public override ValueTask<string?> ToldOfAsync(ServiceCase serviceCase, string text, CancellationToken ct) => new((string?)null);
}

/// <summary>Visits are counted, so that each draw is of its own round.</summary>
internal sealed class RehearsedVisits(StepScope step) : CaseVisits(NoDatabase.Here, step)
{
    private readonly Dictionary<CaseId, int> _rounds = [];

    public override ValueTask<int> NextRoundAsync(CaseId caseId, CancellationToken ct) => new(1 + _rounds.GetValueOrDefault(caseId));

    protected override void Keep(CaseVisit visit) => _rounds[visit.CaseId] = visit.Round;

    protected override void Keep(CasePraise praise) { }
}

internal sealed class RehearsedTeller(RehearsedCases cases, StepScope step) : StaffTeller(NoDatabase.Here, step)
{
    public override ValueTask<IReadOnlyList<Assignee>> LeadersOfAsync(IReadOnlyList<Assignee> handlers, CancellationToken ct) => new([]);

    public override ValueTask TellAsync(ServiceCase serviceCase, IReadOnlyList<Assignee> whom, bool firstContact, string text, CancellationToken ct)
    {
        cases.Of(serviceCase.Id).Told.Add(text);
        return default;
    }
}

/// <summary>What is decided in a rehearsal is no rule for the hall.</summary>
internal sealed class RehearsedDispatch(StepScope step) : DispatchBook(NoDatabase.Here, step)
{
    public override ValueTask SettleAsync(ServiceCase serviceCase, string unit, string why, CancellationToken ct) => default;
}

internal sealed class RehearsedReturns(RehearsalWorld world, RehearsedCases cases, CaseJournal journal, StepScope step) : UnitReturns(NoDatabase.Here, new RehearsedDispatch(step), journal, step)
{
    public override ValueTask<bool> HasReturnedAsync(ServiceCase serviceCase, string unit, CancellationToken ct) => new(cases.Of(serviceCase.Id).Returns.Exists(r => r.FromUnit == unit));

    internal override ValueTask<bool> KnowsAsync(string unit, CancellationToken ct) => new(world.Departments.Any(u => u.Code == unit));

    internal override DateTimeOffset ReceivedAt(ServiceCase serviceCase, string unit) => cases.Of(serviceCase.Id).Tasks.Where(t => t.AssignedUnit == unit).Max(t => t.OpenedAt);

    internal override void Keep(CaseReturn returned) => cases.Of(returned.CaseId).Returns.Add(returned);

    internal override ValueTask<string> StoryAsync(ServiceCase serviceCase, string from, string proposed, CancellationToken ct) => new("");

    protected override ValueTask<List<CaseReturn>> OfAsync(ServiceCase serviceCase, CancellationToken ct) => new(cases.Of(serviceCase.Id).Returns.ToList());
}
