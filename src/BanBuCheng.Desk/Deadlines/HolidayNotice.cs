namespace BanBuCheng.Desk.Deadlines;

/// <summary>放假通知 — one notice of the State Council as facts: what it gives off, what it makes up for, what it takes back.</summary>
public sealed record HolidayNotice
{
    /// <summary>文号, for example 国办发明电〔2025〕7号; empty when the text carried none.</summary>
    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public required NoticeKind Kind { get; init; }

    public required int Year { get; init; }

    /// <summary>
    /// The day it became public; a calendar "as known on" an earlier day does not have it. A notice read from a text takes the
    /// date under its signature, and <see cref="DateOnly.MinValue"/> (known always) when it has none.
    /// </summary>
    public required DateOnly KnownOn { get; init; }

    /// <summary>Every calendar day named as off, weekends inside included, also in the neighbour year.</summary>
    public required IReadOnlyList<FestivalDay> Holidays { get; init; }

    public required IReadOnlyList<FestivalDay> MakeUpWorkdays { get; init; }

    public IReadOnlyList<DateOnly> CancelledMakeUpWorkdays { get; init; } = [];

    /// <summary>Days that were off and that a change makes ordinary again.</summary>
    public IReadOnlyList<DateOnly> CancelledHolidays { get; init; } = [];

    /// <summary>What a person should look at before relying on the reading.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads a notice as published, a change against the built-in calendar.</summary>
    /// <exception cref="UnreadableNoticeException">The text is not a holiday notice.</exception>
    public static HolidayNotice Parse(string text) => Parse(text, WorkingCalendar.BuiltIn);

    /// <summary>Reads a notice as published, a change against the calendar in force on the eve of its date.</summary>
    /// <exception cref="UnreadableNoticeException">The text is not a holiday notice.</exception>
    public static HolidayNotice Parse(string text, WorkingCalendar calendar) => NoticeReader.Read(text, calendar);

    /// <summary>The reading in the shape that <c>calendar import --json</c> promises.</summary>
    public NoticeAnswer ToAnswer() => new(
        Kind switch { NoticeKind.Annual => "annual", NoticeKind.Change => "change", _ => "local" },
        Year,
        [.. Holidays.Select(day => day.Date).Order()],
        [.. MakeUpWorkdays.Select(day => day.Date).Order()],
        [.. CancelledMakeUpWorkdays.Order()],
        Warnings);
}
