namespace BanBuCheng.Desk.Deadlines;

/// <summary>到期日 — the last day of a period, and how it was counted, day by day.</summary>
/// <param name="Derivation">From the start to the last day, without gaps.</param>
public sealed record DueDate(DateOnly Start, int WorkingDays, IReadOnlyList<CountedDay> Derivation)
{
    public DateOnly Date => Derivation[^1].Date;

    /// <summary>暂定: a day on the way lies in a year whose notice is not known yet, so the date may still move.</summary>
    public bool Provisional => Derivation.Any(day => day.Provisional);

    /// <summary>Working days that a pause took out of the count.</summary>
    public int PausedWorkingDays => Derivation.Count(day => day.Kind == DayKind.Paused);

    /// <summary>The sum in words, to stand above the picture.</summary>
    public string Sentence()
    {
        if (WorkingDays == 0) return "要求当天办，最后一天就是当天。";

        var makeUp = Derivation.Any(day => day.Kind == DayKind.MakeUpWorkday) ? "，调休上班的周末照数" : "";
        var paused = PausedWorkingDays > 0 ? $"；暂停的{PausedWorkingDays}个工作日也不数" : "";
        var unknown = Derivation.Where(day => day.Provisional).Select(day => day.Date.Year).Distinct().ToArray();
        var provisional = unknown.Length > 0 ? $"{string.Join("、", unknown)}年的放假通知还没出，这一天是暂定的，通知出来后重新算。" : "";
        return $"从第二天起数{WorkingDays}个工作日。周末和节假日不数{makeUp}{paused}。{provisional}";
    }
}
