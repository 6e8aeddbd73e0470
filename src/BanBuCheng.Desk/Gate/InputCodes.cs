using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Reply;
using BanBuCheng.Desk.ReturnVisit;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Gate;

/// <summary>What government activities say by their inputs alone: G005 nobody to do it, G010 something missing, G011 something unknown, G015 how faults are taken.</summary>
internal sealed class InputCodes(FlowDocument flow, IReadOnlyList<DrawnActivity> drawn, HallDirectory hall)
{
    private readonly List<CheckFinding> _findings = [];

    public List<CheckFinding> Find(bool isOfCases)
    {
        if (isOfCases) Faults();
        foreach (var activity in drawn)
            switch (activity.Type)
            {
                case HumanTaskActivity.TypeName: Person(activity); break;
                case DepartmentTasksActivity.TypeName: Departments(activity); break;
                case ReturnVisitActivity.TypeName: Visitor(activity); break;
                case StartClockActivity.TypeName: OneOf<Difficulty>(activity, "difficulty", "难易", isNeeded: false); break;
                case SetStageActivity.TypeName: OneOf<CaseStage>(activity, "stage", "环节", isNeeded: true); break;
                case DeliverReplyActivity.TypeName:
                    OneOf<CaseOutcome>(activity, "outcome", "结果", isNeeded: true);
                    Needs(activity, "text", "答复全文");
                    break;
                case WorkingDayTimerActivity.TypeName: Whole(activity, "workingDays", "几个工作日", least: 0); break;
                case ExtendDeadlineActivity.TypeName:
                    Whole(activity, "workingDays", "延几个工作日", least: 1);
                    Reason(activity, ExtensionReasons.Captions);
                    break;
                case SuspendClockActivity.TypeName: Reason(activity, PauseReasons.Captions); break;
                case SendSmsActivity.TypeName:
                    Needs(activity, "template", "模板");
                    if (activity.Input("template") is { IsLiteral: true, IsGiven: true } template && !SmsTemplates.All.ContainsKey(template.Text))
                        Add("G011", activity, $"“{activity.Caption}”用的短信模板“{template.Text}”不存在");
                    break;
            }
        return _findings;
    }

    private void Faults()
    {
        if (flow.Options.ContinueWithIncidents == false)
            _findings.Add(new CheckFinding("G015", true, "出错时的办法选了“整个流程失败”：一出错，办件就没人管了。请改为“出错的停下，别的接着走”。") { DefinitionId = flow.DefinitionId, ActivityId = flow.Root.Id });
        foreach (var properties in new[] { flow.CustomProperties, flow.Root.Json["customProperties"] as JsonObject })
            if (properties is not null && properties.Any(p => p.Key.Contains("ExecutionMode", StringComparison.OrdinalIgnoreCase) && p.Value?.ToString() is { } mode && mode.Contains("Token", StringComparison.OrdinalIgnoreCase)))
                _findings.Add(new CheckFinding("G015", true, "流程图选了“按令牌执行”，断掉的路会一直等下去。请改回默认的方式。") { DefinitionId = flow.DefinitionId, ActivityId = flow.Root.Id });
    }

    private void Person(DrawnActivity activity)
    {
        Assigned(activity, "assignTo");
        if (activity.Input("otherwise").IsGiven) Assigned(activity, "otherwise");
        foreach (var excluded in activity.Input("exclude").Words ?? [])
            if (!flow.Root.WithDescendants().Any(a => a.Id == excluded)) Add("G011", activity, $"“{activity.Caption}”的“不许谁办”写了“{excluded}”，图上没有这一格");
        var outcomes = activity.Input("outcomes");
        if (outcomes.Language.Length == 0 || outcomes.Words is { Count: 0 }) Add("G010", activity, $"“{activity.Caption}”缺少“结果”");
        Within(activity, HumanTaskActivity.OverduePort);
        if (activity.Input("form") is { IsLiteral: true, IsGiven: true } form) Form(activity, form.Text);
    }

    /// <summary>A form that nobody can hand in: it is no form, it records into nothing, or it wants a field that it does not have.</summary>
    private void Form(DrawnActivity activity, string text)
    {
        JsonObject? form;
        try
        {
            form = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            form = null;
        }

        if (form is null)
        {
            Add("G010", activity, $"“{activity.Caption}”的表单不是 JSON，谁也打不开");
            return;
        }

        foreach (var name in (form["x-record"] as JsonArray ?? []).Select(r => (r is JsonObject some ? some["name"] : r)?.ToString()))
            if (name is null || !FormRecorders.Names.Contains(name)) Add("G011", activity, $"“{activity.Caption}”的表单要记到“{name}”，没有这一种");
        var fields = form["properties"] as JsonObject ?? [];
        var wanted = Words(form["required"]).Concat((form["x-required-for"] as JsonObject ?? []).Select(f => f.Key))
            .Concat((form["x-rules"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(r => Words(r["need"])));
        foreach (var field in wanted.Distinct())
            if (!fields.ContainsKey(field)) Add("G010", activity, $"“{activity.Caption}”的表单要填“{field}”，可表上没有这一栏，谁也交不上去");
    }

    private static IEnumerable<string> Words(JsonNode? list) => (list as JsonArray ?? []).Select(w => w?.ToString() ?? "");

    private void Reason(DrawnActivity activity, IReadOnlyDictionary<string, string> known)
    {
        Needs(activity, "reasonCode", "原因");
        if (activity.Input("reasonCode") is { IsLiteral: true, IsGiven: true } given && !known.ContainsKey(given.Text))
            Add("G011", activity, $"“{activity.Caption}”的原因写的是“{given.Text}”，规定里没有这一种");
    }

    private void Departments(DrawnActivity activity)
    {
        var lead = activity.Input("lead");
        if (!lead.IsGiven) Add("G005", activity, $"“{activity.Caption}”没有指定由谁办理（牵头单位）");
        else if (lead.IsLiteral) Unit(activity, lead.Text);
        foreach (var unit in activity.Input("assisting").Words ?? [])
            if (unit.Length > 0) Unit(activity, unit);
        Within(activity, "Overdue");
    }

    private void Within(DrawnActivity activity, string port)
    {
        var within = activity.Input("within");
        if (!within.IsGiven)
        {
            if (activity.IsConnected(port)) Add("G010", activity, $"“{activity.Caption}”连了“逾期”，缺少“办理时限”");
        }
        else if (within.IsLiteral && within.Number is not >= 0) Add("G010", activity, $"“{activity.Caption}”的办理时限“{within.Text}”不是工作日数");
    }

    private void Assigned(DrawnActivity activity, string input)
    {
        var to = activity.Input(input);
        if (!to.IsGiven)
        {
            Add("G005", activity, $"“{activity.Caption}”没有指定由谁办理");
            return;
        }
        if (!to.IsLiteral) return;
        var text = to.Text.Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, code) = colon < 0 ? ("", text) : (text[..colon], text[(colon + 1)..]);
        switch (kind)
        {
            case "role": Role(activity, code); break;
            case "unit": Unit(activity, code); break;
            case "person":
                if (!hall.People.ContainsKey(code)) Add("G005", activity, $"“{activity.Caption}”交给的人“{code}”不存在");
                break;
            default: Add("G005", activity, $"“{activity.Caption}”交给“{text}”，认不出是岗位、单位还是人"); break;
        }
    }

    private void Role(DrawnActivity activity, string role)
    {
        if (!Roles.Captions.TryGetValue(role, out var caption)) Add("G005", activity, $"“{activity.Caption}”交给的岗位“{role}”不存在");
        else if (hall.IsStaffed && !hall.InRole(role).Any()) Add("G005", activity, $"“{activity.Caption}”交给“{caption}”，这个岗位上没有人");
    }

    private void Unit(DrawnActivity activity, string unit)
    {
        if (!hall.Units.Contains(unit)) Add("G005", activity, $"“{activity.Caption}”交给的单位“{unit}”不存在");
        else if (hall.IsStaffed && !hall.InUnit(unit).Any()) Add("G005", activity, $"“{activity.Caption}”交给单位“{unit}”，那里没有人");
    }

    /// <summary>Whoever handled the case does not visit: with one visitor who is also named in a task, there is nobody left.</summary>
    private void Visitor(DrawnActivity activity)
    {
        Role(activity, Roles.Visitor);
        if (!hall.IsStaffed || hall.InRole(Roles.Visitor).ToList() is not [var only]) return;
        if (drawn.Any(a => a.Type == HumanTaskActivity.TypeName && a.Input("assignTo") is { IsLiteral: true } to && to.Text == $"person:{only}"))
            Add("G005", activity, $"“{activity.Caption}”只有一个回访员，又是这张图里的经办人，自己不能回访自己办的");
    }

    private void Needs(DrawnActivity activity, string input, string caption)
    {
        if (!activity.Input(input).IsGiven) Add("G010", activity, $"“{activity.Caption}”缺少“{caption}”");
    }

    private void Whole(DrawnActivity activity, string input, string caption, int least)
    {
        Needs(activity, input, caption);
        if (activity.Input(input) is { IsLiteral: true, IsGiven: true } given && !(given.Number >= least)) Add("G010", activity, $"“{activity.Caption}”的“{caption}”写的是“{given.Text}”");
    }

    private void OneOf<TWord>(DrawnActivity activity, string input, string caption, bool isNeeded) where TWord : struct, Enum
    {
        var given = activity.Input(input);
        if (!given.IsGiven)
        {
            if (isNeeded) Add("G010", activity, $"“{activity.Caption}”缺少“{caption}”");
        }
        else if (given.IsLiteral && !Enum.IsDefined(typeof(TWord), given.Text)) Add("G010", activity, $"“{activity.Caption}”的“{caption}”写的是“{given.Text}”，没有这一种");
    }

    private void Add(string code, DrawnActivity activity, string message)
    {
        if (_findings.Exists(f => f.Code == code && f.ActivityId == activity.Model.Id)) return;
        _findings.Add(new CheckFinding(code, true, $"{message}。")
        {
            DefinitionId = flow.DefinitionId, ActivityId = activity.Model.Id, Path = [$"{flow.DefinitionId}#{activity.Model.Id}"],
        });
    }
}
