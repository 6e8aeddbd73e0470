using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>答应的日子 — what each difficulty would promise from today, and whether that is too late for the person .</summary>
internal sealed record Promise(DateOnly Today, DateOnly? NeededBy, Difficulty? Judged, IReadOnlyDictionary<Difficulty, DueDate> Dates, DeadlinePolicy Policy, WorkingCalendar Calendar)
{
    public static Promise Of(DateOnly today, DateOnly? neededBy, Difficulty? judged, DeadlinePolicy policy, WorkingCalendar calendar) => new(
        today, neededBy, judged, Enum.GetValues<Difficulty>().ToDictionary(d => d, d => calendar.Due(today, policy.LimitOf(d))), policy, calendar);

    public IReadOnlyList<PickCard> Cards => [.. Enum.GetValues<Difficulty>().Select(d => new PickCard(d.ToString(), d.Chinese(), $"{Meaning(d)}{Policy.LimitOf(d)}个工作日，{Words(Dates[d].Date)}前答复。{More(d)}"))];

    public bool IsTooLate => NeededBy is { } needed && Judged is { } judged && needed >= Today && needed < Dates[judged].Date;

    /// <summary>按“复杂”，期限是7月8日（周五）；他7月7日（周四）就要用。</summary>
    public string Warning => Judged is { } judged && NeededBy is { } needed
        ? $"按“{judged.Chinese()}”，期限是{Words(Dates[judged].Date)}；他{Words(needed)}就要用。系统把内部目标提前到这一天，受理后服务站看得到。"
        : "";

    /// <summary>“下周三”说的是哪一天, with a word when that day is off.</summary>
    public string? NeededWords => NeededBy is { } needed
        ? Words(needed) + (Calendar.Day(needed) is { Counts: false } rest ? $"，这天{(rest.Festival is { } festival ? festival + "放假" : "休息")}" : "")
        : null;

    public string? Provisional => Judged is { } judged && Dates[judged].Provisional ? "这个期限是暂定的：放假通知还没出，以通知为准。" : null;

    private string Words(DateOnly day) => DateWords.Full(day, Today, Calendar);

    private static string Meaning(Difficulty difficulty) => difficulty switch
    {
        Difficulty.Simple => "一个部门就能定，材料差不多齐。",
        Difficulty.Complex => "要几个部门商量，或者要先弄清规定。",
        _ => "政策没写到、牵涉面大，可能要联合党委会商。",
    };

    private string More(Difficulty difficulty) =>
        Policy.CeilingOf(difficulty) is var most && most > Policy.LimitOf(difficulty) ? $"要延时，最多到{most}个工作日。" : "";
}
