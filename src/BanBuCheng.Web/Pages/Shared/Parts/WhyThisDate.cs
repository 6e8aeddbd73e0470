using BanBuCheng.Web.Texts;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>What a day is for the counting; each has its own look and its own words.</summary>
public enum WhyDayKind { Start, Counted, Ahead, Due, Rest, Paused, Outside }

/// <summary>
/// One day of the derivation. <paramref name="Number"/> is the counted working day, <paramref name="Why"/> the holiday's name or the
/// reason in a word or two ("中秋", "暂停", "受理日").
/// </summary>
public sealed record WhyDay(DateOnly Date, WhyDayKind Kind, int? Number = null, string? Why = null)
{
    /// <summary>调休上班 — a weekend day that counts.</summary>
    public bool MakeUp { get; init; }

    public bool Today { get; init; }

    public string Css => string.Join(' ', new[]
    {
        "day",
        Kind switch
        {
            WhyDayKind.Counted => "day-n",
            WhyDayKind.Ahead => "day-left",
            WhyDayKind.Due => "day-due",
            WhyDayKind.Rest => "day-rest",
            WhyDayKind.Paused => "day-stop",
            WhyDayKind.Outside => "day-out",
            _ => null,
        },
        MakeUp ? "day-up" : null,
        Today ? "day-today" : null,
    }.OfType<string>());

    /// <summary>The short lines in the cell.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            if (Number is { } n) yield return $"第{n}天";
            if (Why is not null) yield return Why;
            if (MakeUp) yield return "调休";
            if (Kind == WhyDayKind.Start) yield return "不数";
            if (Kind == WhyDayKind.Due) yield return "最后";
            if (Today) yield return "今天";
        }
    }

    /// <summary>The whole cell in words, because the row of weekdays is a picture only.</summary>
    public string Spoken => string.Join('，', new[]
    {
        $"{Date.Month}月{Date.Day}日",
        Say.Weekday(Date),
        Today ? "今天" : null,
        MakeUp ? "调休上班" : null,
        Why,
        Number is { } n ? $"第{n}天" : null,
        Kind switch
        {
            WhyDayKind.Start or WhyDayKind.Rest or WhyDayKind.Paused => "不数",
            WhyDayKind.Due => "最后一天",
            _ => null,
        },
    }.OfType<string>());
}

/// <summary>
/// 为什么是这一天 — a sentence with the sum, the weeks day by day, and below it the basis. Staff and citizen see the same one.
/// Days are given in order without gaps; weeks are filled up to Monday and Sunday here.
/// </summary>
public sealed record WhyThisDate(string Sum, IReadOnlyList<WhyDay> Days)
{
    /// <summary>依据, who approved each pause; one line each.</summary>
    public IReadOnlyList<string> Basis { get; init; } = [];

    /// <summary>Said when the year's holiday notice is not out yet.</summary>
    public string? Provisional { get; init; }

    public bool HasPause => Days.Any(d => d.Kind == WhyDayKind.Paused);

    public IEnumerable<WhyDay> Weeks()
    {
        if (Days.Count == 0) yield break;
        var before = ((int)Days[0].Date.DayOfWeek + 6) % 7;
        for (var i = before; i > 0; i--) yield return new(Days[0].Date.AddDays(-i), WhyDayKind.Outside);
        foreach (var day in Days) yield return day;
        var after = (7 - (int)Days[^1].Date.DayOfWeek) % 7;
        for (var i = 1; i <= after; i++) yield return new(Days[^1].Date.AddDays(i), WhyDayKind.Outside);
    }
}
