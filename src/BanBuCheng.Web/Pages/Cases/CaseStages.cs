using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>The small picture of a case's way: the stages its journal names, where it stands, what usually follows.</summary>
internal static class CaseStages
{
    private static readonly CaseStage[] Row = [CaseStage.Intake, CaseStage.Triage, CaseStage.Coordination, CaseStage.Reply, CaseStage.ReturnVisit];

    public static StagePicture Of(CaseView file, string id, DateOnly today)
    {
        var (at, closed) = (file.Case.Stage, file.Case.State is CaseState.Closed);
        var inCommittee = at is CaseStage.Committee && !closed;

        // The committee is a way round: while a case is there, everything up to the departments lies behind it.
        var place = Array.IndexOf(Row, at is CaseStage.Committee ? CaseStage.Coordination : at);
        var boxes = new List<StageBox>();
        var kept = new List<CaseStage>();
        for (var i = 0; i < Row.Length; i++)
        {
            var behind = i < place || closed;
            // A stage that the flow never entered is no stage of this case once it has gone past.
            if (behind && i > 0 && !file.StagesEntered.ContainsKey(Row[i])) continue;
            var state = behind ? StageState.Done : i == place ? inCommittee ? StageState.Done : StageState.Now : StageState.Later;
            kept.Add(Row[i]);
            boxes.Add(new StageBox(Name(Row[i]), FactOf(file, Row[i], state, today), state));
        }

        boxes.Add(new StageBox("办结", closed && file.Case.ClosedAt is { } end ? MonthDay(end) : null, closed ? StageState.Now : StageState.Later));
        var later = boxes.Where(b => b.State is StageState.Later).Select(b => b.Title).ToList();
        var now = inCommittee ? "联合党委会商" : boxes.Find(b => b.State is StageState.Now)?.Title ?? "办结";
        var done = boxes.Where(b => b.State is StageState.Done).Select(b => b.Title).ToList();
        var sentence = $"流程小图：{(done.Count > 0 ? $"{string.Join('、', done)}已完成，" : "")}现在在{now}{(later.Count > 0 ? $"，接下来{string.Join('、', later)}" : "")}";
        return new StagePicture(id, sentence, boxes, later.Count > 0 ? string.Join(" → ", later) : null) { Detour = Detour(file, kept, inCommittee) };
    }

    private static StageDetour? Detour(CaseView file, List<CaseStage> kept, bool inCommittee)
    {
        var (after, before) = (kept.IndexOf(CaseStage.Coordination), kept.IndexOf(CaseStage.Reply));
        if (after < 0 || before < 0) return null;
        var been = file.StagesEntered.TryGetValue(CaseStage.Committee, out var at);
        if (!been && !inCommittee && file.Case.Stage is not (CaseStage.Triage or CaseStage.Coordination)) return null;
        var state = inCommittee ? StageState.Now : been ? StageState.Done : StageState.Maybe;
        return new StageDetour(new StageBox("联合党委会商", been ? MonthDay(at) : "需要时", state), after, before);
    }

    private static string? FactOf(CaseView file, CaseStage stage, StageState state, DateOnly today)
    {
        if (state is StageState.Later) return stage is CaseStage.Reply && file.Case.DueOn is { } due ? $"{Short(due, today)}前" : stage is CaseStage.ReturnVisit ? "答复以后" : null;
        var since = stage is CaseStage.Intake ? file.Case.AcceptedAt : file.StagesEntered.TryGetValue(stage, out var at) ? at : (DateTimeOffset?)null;
        if (stage is CaseStage.Coordination && file.Attempts.Count > 0 && state is StageState.Now) return $"方案{file.Attempts[^1].Number}";
        return since is { } day ? MonthDay(day) : null;
    }

    private static string MonthDay(DateTimeOffset at) => $"{CaseParts.Local(at).Month}月{CaseParts.Local(at).Day}日";

    private static string Short(DateOnly day, DateOnly today) => day.Year == today.Year ? $"{day.Month}月{day.Day}日" : $"{day.Year}年{day.Month}月{day.Day}日";

    private static string Name(CaseStage stage) => stage switch
    {
        CaseStage.Intake => "受理",
        CaseStage.Triage => "研判",
        CaseStage.Reply => "答复送达",
        _ => stage.Caption(),
    };
}
