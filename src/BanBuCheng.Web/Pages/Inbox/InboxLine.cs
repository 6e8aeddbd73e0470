using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Web.Pages.Cases;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using Lamp = BanBuCheng.Web.Pages.Shared.Parts.Lamp;

namespace BanBuCheng.Web.Pages.Inbox;

/// <summary>One row of a list, in words: number and date above, what it is about, what is asked, and what presses.</summary>
internal sealed record InboxLine(string Key, string Url, string PanelUrl, string Number, DueBadge Due, string Subject, string Asked, string Who, string? Pressing)
{
    public bool IsOpen { get; init; }

    /// <summary>灯, where there is something to say: a green one is left out.</summary>
    public Lamp? Lamp { get; init; }

    /// <summary>For a row that can be read beside the list: what the address then says.</summary>
    public string? ReadUrl { get; init; }

    public static InboxLine Of(InboxRow row, InboxQueue queue, string? read, DateTimeOffset now, WorkingCalendar calendar, DeadlinePolicy policy)
    {
        var today = ShanghaiTime.DayOf(now);
        var id = row.TaskId.ToString();
        var done = row.State is not TaskState.Open;
        var light = CaseDue.LightOf(row.CaseAcceptedOn, row.CaseDueOn, row.Clock, CaseState.Open, now, calendar, policy, row.Acted);
        var asked = done
            ? $"{row.Title}{(row.Outcome is { } outcome ? $"：{outcome}" : "")}{(row.EndedAt is { } ended ? $" · {CaseParts.Moment(ended, today)}" : "")}"
            : row.Title + (row.Round > 1 ? $"（第{row.Round}轮）" : "");
        return new InboxLine(id, $"/tasks/{id}", $"/tasks/{id}/panel", row.CaseNumber,
            Brief(CaseDue.Words(row.CaseDueOn, row.Clock, CaseState.Open, row.CaseDueProvisional, today, calendar, policy)),
            row.Subject, asked, $"{CaseParts.Who(row.ApplicantKind, row.MaskedName)} · {row.Stage.Caption()} · {row.Difficulty.Chinese()}",
            done ? null : PressingOf(row, light, today, calendar))
        {
            Lamp = done || light is Light.Green ? null : CaseParts.LampOf(light),
            IsOpen = read == id,
            ReadUrl = $"/inbox?queue={queue.Word}&read={id}",
        };
    }

    public static InboxLine Of(CaseRow row, DateOnly today, WorkingCalendar calendar, DeadlinePolicy policy) => new(
        row.Id.ToString(), $"/cases/{row.Number}", $"/cases/{row.Number}/panel", row.Number,
        Brief(CaseDue.Words(row.DueOn, row.Clock, row.State, row.DueIsProvisional, today, calendar, policy)), row.Subject,
        row.State is CaseState.Closed ? row.Outcome?.Caption() ?? "已办结" : row.Stage.Caption(),
        $"{CaseParts.Who(row.ApplicantKind, row.MaskedName)} · {row.Difficulty.Chinese()}", null);

    /// <summary>In a list the days that are left say enough; the date itself stands where the case is opened.</summary>
    private static DueBadge Brief(DueText due) =>
        CaseParts.Due(due.Words.LastIndexOf("还有", StringComparison.Ordinal) is var at and > 0 ? due with { Words = due.Words[at..] } : due);

    private static string? PressingOf(InboxRow row, Light light, DateOnly today, WorkingCalendar calendar)
    {
        var task = row.TaskDueOn is not { } due || due == row.CaseDueOn ? null
            : due < today ? $"这一步已超{Math.Max(1, calendar.WorkingDaysBetween(due, today))}个工作日"
            : $"这一步要在{Say.Near(due, today)}办完";
        var needed = row.NeededBy is { } day && row.CaseDueOn is { } last && day < last ? $"群众{Say.Day(day, today)}要用，比期限早{last.DayNumber - day.DayNumber}天" : null;
        return string.Join(" · ", new[] { light is Light.Blue ? "时限用掉一半，还没有人动手" : null, task, needed }.OfType<string>()) is { Length: > 0 } text ? text : null;
    }
}
