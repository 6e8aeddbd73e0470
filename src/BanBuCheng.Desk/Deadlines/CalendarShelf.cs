using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>
/// 日历架 — every version of the calendar this desk has counted with: the one that ships (version 0) and what people put in force since.
/// Kept in memory per process; whoever asks first in a step looks whether another node has decided something meanwhile.
/// </summary>
public sealed class CalendarShelf(WorkingCalendar shipped)
{
    private volatile Loaded _loaded = new(0, [], new Dictionary<Guid, HolidayNotice>());

    /// <summary>The calendar in force. One query on the key of a small table; a step must not count with yesterday's calendar.</summary>
    public (WorkingCalendar Calendar, int Version) InForce(DeskDb db)
    {
        // Not awaited: a calendar is a value that rules and pages ask for in the middle of a sentence.
        var newest = db.CalendarVersions.OrderByDescending(v => v.Number).Select(v => (int?)v.Number).FirstOrDefault() ?? 0;
        return (At(db, newest), newest);
    }

    /// <summary>The calendar as of one version.</summary>
    public WorkingCalendar At(DeskDb db, int version)
    {
        if (version <= 0) return shipped;
        if (_loaded.Newest < version) Load(db);
        return _loaded.At(version, shipped);
    }

    /// <summary>What this desk counted with at an instant; a date promised then can be derived again.</summary>
    public (WorkingCalendar Calendar, int Version) AsOf(DeskDb db, DateTimeOffset instant)
    {
        InForce(db);
        if (_loaded.Newest == 0) return (shipped, 0);
        var version = _loaded.Versions.Where(v => v.At <= instant).Select(v => v.Number).DefaultIfEmpty(0).Max();
        return (At(db, version), version);
    }

    /// <summary>The calendar in force without one change: what an undo would leave.</summary>
    public WorkingCalendar Without(DeskDb db, Guid changeId)
    {
        var (_, version) = InForce(db);
        At(db, version);
        return _loaded.Build(version, shipped, changeId);
    }

    private void Load(DeskDb db)
    {
        var versions = db.CalendarVersions.AsNoTracking().OrderBy(v => v.Number).ToList();
        var ids = versions.Select(v => v.ChangeId).Distinct().ToList();
        var notices = db.CalendarChanges.AsNoTracking().Where(c => ids.Contains(c.Id)).ToList().ToDictionary(c => c.Id, c => c.Notice);
        _loaded = new Loaded(versions.Count == 0 ? 0 : versions[^1].Number, versions, notices);
    }

    private sealed record Loaded(int Newest, IReadOnlyList<CalendarVersion> Versions, IReadOnlyDictionary<Guid, HolidayNotice> Notices)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<int, WorkingCalendar> _calendars = new();

        public WorkingCalendar At(int version, WorkingCalendar shipped) => _calendars.GetOrAdd(version, number => Build(number, shipped, null));

        public WorkingCalendar Build(int version, WorkingCalendar shipped, Guid? without)
        {
            var active = new List<Guid>();
            foreach (var decision in Versions.TakeWhile(v => v.Number <= version))
            {
                if (decision.Adds) active.Add(decision.ChangeId);
                else active.Remove(decision.ChangeId);
            }

            if (without is { } id) active.Remove(id);
            return active.Count == 0 ? shipped : WorkingCalendar.Of([.. shipped.Notices, .. active.Select(change => Notices[change])], shipped.Region);
        }
    }
}
