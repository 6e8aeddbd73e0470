using System.Text.Json;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.EntityFrameworkCore;
using NoticeKind = BanBuCheng.Desk.Notices.NoticeKind;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>What a citizen is told about their case: what is whose, by when and why. Nothing internal passes through here.</summary>
internal sealed record CitizenAnswer
{
    public required string Number { get; init; }
    public required string Name { get; init; }

    /// <summary>快好了，正在给您写答复 — the whole state in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>10月14日（周三）; null while there is no date, or when the answer was given.</summary>
    public string? DueWords { get; init; }
    public DueBadge? Due { get; init; }
    public string? DueNote { get; init; }
    public string? NeededWords { get; init; }
    public string? Apology { get; init; }
    public Ball? Ball { get; init; }
    public required string Caller { get; init; }
    public required string CallerPhone { get; init; }
    public required string FirstContact { get; init; }
    public required StepMap Map { get; init; }
    public WhyThisDate? Why { get; init; }

    /// <summary>The day that <see cref="Why"/> derives; told after the answer too, so that anybody can check whether the word was kept.</summary>
    public string? WhyWords { get; init; }
    public required string ToDo { get; init; }
    public string? ToDoMore { get; init; }

    /// <summary>The reply in full, once it was delivered.</summary>
    public string? Reply { get; init; }
    public string? ReplyHead { get; init; }

    /// <summary>没办成的部分: who goes on with it and until when; stays until there is an end to it, after closing too.</summary>
    public (string What, string When)? Left { get; init; }

    /// <summary>陪办: what was agreed, step by step, and what was done.</summary>
    public IReadOnlyList<(string Text, string When, string? Done)> Companion { get; init; } = [];

    public string CallerLink => "tel:" + new string([.. CallerPhone.Where(char.IsAsciiDigit)]);

    public static async Task<CitizenAnswer> OfAsync(CaseView view, DeskDb db, WorkingCalendar calendar, HallOptions hall, DateOnly today, CancellationToken ct)
    {
        var c = view.Case;
        var stages = await StagesAsync(db, c, ct);
        var (caller, phone) = await CallerAsync(view, db, hall, ct);
        var reply = view.Notices.LastOrDefault(n => n is { Kind: NoticeKind.Reply, DeliveredAt: not null } && !c.ReplyOwed);
        var words = new CitizenWords(view, calendar, today);
        var isAnswered = reply is not null;
        return new CitizenAnswer
        {
            Number = c.Number,
            Name = c.MaskedName,
            Sentence = words.Sentence(isAnswered),
            DueWords = !isAnswered && c.DueOn is { } due ? words.Day(due) : null,
            Due = isAnswered || c.DueOn is null ? null : words.Badge(),
            DueNote = isAnswered ? words.AnsweredNote(reply!) : c.DueOn is null ? "还没开始算日子，服务站接手后会短信告诉您最晚哪天。" : words.ExtensionNote(),
            NeededWords = !isAnswered && c.NeededBy is { } needed ? words.Day(needed) + (c.NeededByReason.Length > 0 ? $"（{c.NeededByReason}）" : "") : null,
            Apology = !isAnswered && c.DueOn is { } last && today > last && c.Clock is ClockState.Running ? $"答应您{words.Day(last)}前答复，没有做到，对不起。这件事已经在督办，请打电话问{caller}。" : null,
            Ball = c.State is CaseState.Closed ? null : words.Ball(),
            Caller = caller,
            CallerPhone = phone,
            FirstContact = $"{c.FirstContactName} {c.FirstContactPhone}".Trim(),
            Map = words.Map(stages, reply),
            Why = view.Why is { } why ? WhyFromDue.Of(why, today) : null,
            WhyWords = view.Why is { } derived ? words.Day(derived.Date) : null,
            ToDo = c.Clock is ClockState.Paused && view.Ball.Kind is BallKind.Citizen ? "请把材料补齐。" : isAnswered && c.State is CaseState.Open ? "等回访电话。" : "什么都不用做。",
            ToDoMore = c.Clock is ClockState.Paused ? "要补什么，短信里写了，也可以打电话问。材料交齐的当天，日子接着数。"
                : isAnswered ? "会换一个人打电话问您：解决没有，满不满意。没解决就直说，我们接着办，不用重讲一遍。"
                : "有进展会发短信。不用再跑，也不用再讲一遍。",
            Companion = [.. view.Companion.Select(s => (s.Text, $"{words.Day(s.PlannedOn)}，{s.Companion}陪您", s.Result))],
            Left = c.OpenPartOn is { } on ? (c.OpenPart is { Length: > 0 } what ? what : "没办成的部分",
                $"{words.Day(on)}前再告诉您{(c.OpenPartOwner is { } owner && view.Units.TryGetValue(owner, out var goesOn) ? $"，{goesOn.Name}接着办" : "")}。{(on < today ? "说好的日子过了，对不起，请打电话问。" : "")}") : null,
            Reply = reply?.Text,
            ReplyHead = reply?.Outcome is { } outcome ? CitizenWords.OutcomeHead(outcome) : null,
        };
    }

    /// <summary>The day each stage was entered, last entry counts.</summary>
    private static async Task<Dictionary<CaseStage, DateOnly>> StagesAsync(DeskDb db, ServiceCase c, CancellationToken ct)
    {
        var entries = await db.CaseJournal.AsNoTracking().Where(e => e.CaseId == c.Id && e.Kind == JournalKinds.StageEntered).OrderBy(e => e.Sequence).Select(e => new { e.At, e.Facts }).ToListAsync(ct);
        var stages = new Dictionary<CaseStage, DateOnly>();
        foreach (var entry in entries)
        {
            using var facts = JsonDocument.Parse(entry.Facts);
            if (facts.RootElement.TryGetProperty("stage", out var stage) && Enum.TryParse<CaseStage>(stage.ToString(), out var known)) stages[known] = ShanghaiTime.DayOf(entry.At);
        }

        return stages;
    }

    /// <summary>Whom to ring: who has the ball when that is a person or a unit, otherwise the window.</summary>
    private static async Task<(string Name, string Phone)> CallerAsync(CaseView view, DeskDb db, HallOptions hall, CancellationToken ct)
    {
        if (view.Ball.Login is { } login && await db.Staff.AsNoTracking().FirstOrDefaultAsync(s => s.Login == login, ct) is { Phone.Length: > 0 } person) return (person.Name, person.Phone);
        if (view.Ball.UnitCode is { } code && view.Units.TryGetValue(code, out var unit) && unit.Phone.Length > 0) return (unit.Name, unit.Phone);
        return view.Case.FirstContactPhone.Length > 0 ? (view.Case.FirstContactName, view.Case.FirstContactPhone) : ("窗口", hall.Phone);
    }
}
