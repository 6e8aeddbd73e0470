namespace BanBuCheng.Desk.Deadlines;

/// <summary>到期牌 — the words of a due badge and its shape. Words first: the colour only repeats them.</summary>
public sealed record DueText(string Words, DueTone Tone)
{
    /// <param name="note">Who or what it hangs on, said after the words: the late unit, the reason of the pause.</param>
    /// <param name="provisional">As stored with the date; by default, whether the date's year has a notice.</param>
    public static DueText For(
        DateOnly due,
        DateOnly today,
        WorkingCalendar calendar,
        Standing standing = Standing.Running,
        DeadlinePolicy? policy = null,
        string? note = null,
        bool? provisional = null)
    {
        policy ??= DeadlinePolicy.Default;
        var tail = string.IsNullOrEmpty(note) ? "" : " · " + note;
        if (standing == Standing.Done) return new("已办结" + tail, DueTone.Done);
        if (standing == Standing.Paused) return new("已暂停" + tail, DueTone.Paused);

        if (today > due)
        {
            // On the rest days after the due day nothing is late yet by the law, but the day is over.
            var over = calendar.WorkingDaysBetween(due, today);
            return new(over > 0 ? $"已超{over}个工作日{tail}" : $"{DateWords.Full(due, today, calendar)}已经过了{tail}", DueTone.Late);
        }

        if (today == due) return new($"今天 {policy.Hours.AfternoonCloses:HH\\:mm} 前{tail}", DueTone.Today);
        if (provisional ?? !calendar.HasNotice(due.Year))
        {
            return new($"暂定 {DateWords.MonthDay(due, today)} · 放假通知还没出{tail}", DueTone.Maybe);
        }

        var left = calendar.WorkingDaysBetween(today, due);
        var words = DateWords.Full(due, today, calendar) + "前" + (left > 0 ? $"，还有{left}个工作日" : "");
        return new(words + tail, left <= policy.WarnAt.Value ? DueTone.Soon : DueTone.Far);
    }
}
