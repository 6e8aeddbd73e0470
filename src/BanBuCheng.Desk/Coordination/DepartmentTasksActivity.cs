using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Coordination;

/// <summary>
/// 部门协同 — one task for the lead unit and one for each assisting unit, at the same time. All: goes on when the last has answered,
/// Disputed if any objected. LeadDecides: goes on with the lead's answer and takes the others back. A unit may hand its part on once, to
/// the unit whose it is; when that comes round again the arbiter decides. The date stays the same whoever has it.
/// </summary>
internal sealed class DepartmentTasksActivity(FlowCases cases, TaskOpener tasks, TakeOverWatch takeOver, UnitReturns returns, DeadlineBook deadlines) : IActivity
{
    public const string TypeName = "BanBuCheng.DepartmentTasks";
    public const string Agrees = "同意", Objects = "有异议", HandsBack = CaseReturn.Outcome, Decided = "定了";
    private const string OverdueTag = "overdue", AskTag = "ask", ArbitrateTag = "arbitrate:", Parts = "parts", Lead = "lead", Bound = "bound", Due = "due", Form = "form";

    /// <summary>The form of 裁定.</summary>
    private const string ArbitrationForm =
        """
        {"title":"裁定归谁","type":"object","required":["unit","why"],"properties":{
        "unit":{"title":"归哪家办","description":"定了就不能再退。","type":"string","x-options":"units"},
        "why":{"title":"为什么归它","description":"依据哪份职责清单、哪一条。","type":"string","minLength":2,"maxLength":500,"x-rows":2}}}
        """;

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var lead = context.Input<string>("Lead") is { Length: > 0 } unit ? unit
            : throw new InvalidOperationException($"Expected a lead unit on {context.ActivityId}, but there is none.");
        var assisting = (context.Input<List<string>>("Assisting") ?? []).Where(u => !string.IsNullOrWhiteSpace(u) && u != lead).Distinct();
        var within = context.HasInput("Within") ? context.Input<int>("Within") : (int?)null;
        (DateOnly On, DateTimeOffset At, bool)? due = within is { } days ? await deadlines.DueAsync(ShanghaiTime.DayOf(context.Now), days, ct) : null;
        context.SetState(Form, await tasks.KeepFormAsync(context.Input<string>("Form"), ct) is { } hash ? JsonValue.Create(hash) : null);
        if (due is { } day) context.SetState(Due, JsonValue.Create(day.On.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        context.SetState(Lead, lead);

        var waits = new List<Wait>();
        foreach (var code in assisting.Prepend(lead)) waits.AddRange(await OpenPartAsync(context, serviceCase, code, null, ct));
        if (due is { } last && context.IsConnected("Overdue")) waits.Add(Wait.Until(TypeName, last.At, OverdueTag));
        if (context.Input<bool>("AdHoc")) waits.Add(MayBeAsked());
        return new Answer.Parked(waits);
    }

    public async ValueTask<Answer> ResumeAsync(ActivityContext context, WakeUp wakeUp, CancellationToken ct)
    {
        if (await takeOver.WokenAsync(context, wakeUp, ct) is { } goesOn) return goesOn;
        var tag = wakeUp.Tag!;
        if (tag == OverdueTag)
        {
            await WithdrawRestAsync(context, overdue: true, ct);
            return new Answer.Finished("Overdue");
        }

        var serviceCase = await cases.OfAsync(context, ct);
        if (tag == AskTag) return new Answer.Parked(await AskAnotherAsync(context, serviceCase, wakeUp.Input[EventNames.Payload] as JsonObject ?? [], ct));
        var answer = wakeUp.Input["answer"] as JsonObject;
        if (tag.StartsWith(ArbitrateTag, StringComparison.Ordinal))
        {
            var decided = answer?["unit"]?.GetValue<string>() ?? throw new InvalidOperationException("Expected the arbiter to name a unit, but there is none.");
            Drop(context, tag);
            await returns.DecidedAsync(serviceCase, tag[ArbitrateTag.Length..], decided, wakeUp.Input["by"]?.GetValue<string>(), answer["why"]?.GetValue<string>() ?? "", ct);
            return await MoveAsync(context, serviceCase, tag[ArbitrateTag.Length..], decided, ct);
        }

        Drop(context, tag);
        var outcome = wakeUp.Input["outcome"]?.GetValue<string>();
        if (outcome == HandsBack)
        {
            var proposed = answer?["proposedUnit"]?.GetValue<string>() ?? "";
            if (!await returns.MayFollowAsync(serviceCase, tag, proposed, ct) || PartsOf(context).ContainsKey(proposed)) return new Answer.Parked(await ArbitrateAsync(context, serviceCase, tag, proposed, ct));
            await returns.DecidedAsync(serviceCase, tag, proposed, by: null, "", ct);
            return await MoveAsync(context, serviceCase, tag, proposed, ct);
        }

        if (outcome == Objects) context.SetState("objected", true);
        return await GoOnAsync(context, leadAnswered: tag == context.GetState(Lead)!.GetValue<string>(), outcome == Objects, ct);
    }

    public ValueTask CancelAsync(ActivityContext context, CancellationToken ct) => WithdrawRestAsync(context, overdue: false, ct);

    private async ValueTask<Answer> GoOnAsync(ActivityContext context, bool leadAnswered, bool objected, CancellationToken ct)
    {
        if (context.Input<string>("Join") == "LeadDecides")
        {
            if (!leadAnswered) return new Answer.Parked([]);
            await WithdrawRestAsync(context, overdue: false, ct);
            return new Answer.Finished(objected ? "Disputed" : "Agreed");
        }

        if (PartsOf(context).Count > 0) return new Answer.Parked([]);
        return new Answer.Finished(context.GetState("objected") is not null ? "Disputed" : "Agreed");
    }

    /// <summary>The part goes to another unit; when that one answers already, nothing more is asked.</summary>
    private async ValueTask<Answer> MoveAsync(ActivityContext context, ServiceCase serviceCase, string from, string to, CancellationToken ct)
    {
        var wasLead = from == context.GetState(Lead)!.GetValue<string>();
        if (wasLead) context.SetState(Lead, to);
        var bound = BoundOf(context);
        bound.Add(to);
        context.SetState(Bound, bound);
        if (PartsOf(context).ContainsKey(to)) return new Answer.Parked([]);
        return new Answer.Parked(await OpenPartAsync(context, serviceCase, to, null, ct));
    }

    private async ValueTask<List<Wait>> AskAnotherAsync(ActivityContext context, ServiceCase serviceCase, JsonObject payload, CancellationToken ct)
    {
        var waits = new List<Wait> { MayBeAsked() };
        if (payload["unit"]?.GetValue<string>() is { Length: > 0 } unit && !PartsOf(context).ContainsKey(unit))
            waits.AddRange(await OpenPartAsync(context, serviceCase, unit, payload["request"]?.GetValue<string>(), ct));
        return waits;
    }

    private async ValueTask<List<Wait>> ArbitrateAsync(ActivityContext context, ServiceCase serviceCase, string from, string proposed, CancellationToken ct)
    {
        var due = DueOf(context);
        var (task, wait) = await tasks.OpenAsync(serviceCase, new TaskRequest
        {
            CaseId = serviceCase.Id,
            InstanceId = context.InstanceId,
            ActivityId = context.ActivityId,
            Title = "裁定：这件事归哪家办",
            Instructions = await returns.StoryAsync(serviceCase, from, proposed, ct),
            FormHash = await tasks.KeepFormAsync(ArbitrationForm, ct),
            Outcomes = [Decided],
            Assignee = Assignee.Parse(context.Input<string>("Arbiter")) ?? new Assignee(Offices.Roles.StationHead, null, null),
            Round = context.Round,
            DueOn = due,
            DueAt = due is { } on ? (await deadlines.PolicyAsync(ct)).Hours.CloseOf(on) : null,
        }, ArbitrateTag + from, ct);
        Remember(context, ArbitrateTag + from, task.Id);
        return [wait, .. await takeOver.ForAsync(context, task, ct)];
    }

    private async ValueTask<List<Wait>> OpenPartAsync(ActivityContext context, ServiceCase serviceCase, string code, string? request, CancellationToken ct)
    {
        var due = DueOf(context);
        var mayReturn = context.Input<bool>("Returns") && !BoundOf(context).Any(u => u!.GetValue<string>() == code) && !await returns.HasReturnedAsync(serviceCase, code, ct);
        var (task, wait) = await tasks.OpenAsync(serviceCase, new TaskRequest
        {
            CaseId = serviceCase.Id,
            InstanceId = context.InstanceId,
            ActivityId = context.ActivityId,
            Purpose = TaskPurpose.Department,
            Title = await TitleAsync(context, code, ct),
            Instructions = request ?? context.Input<string>("Request") ?? "",
            FormHash = context.GetState(Form)?.GetValue<string>(),
            Outcomes = mayReturn ? [Agrees, Objects, HandsBack] : [Agrees, Objects],
            Assignee = new Assignee(null, code, null),
            Round = context.Round,
            WithinDays = context.HasInput("Within") ? context.Input<int>("Within") : null,
            DueOn = due,
            DueAt = due is { } on ? (await deadlines.PolicyAsync(ct)).Hours.CloseOf(on) : null,
        }, code, ct);
        Remember(context, code, task.Id);
        return [wait, .. await takeOver.ForAsync(context, task, ct)];
    }

    /// <summary>部门协同：区水务局牵头 — who is asked, and as what: several of a case stand in one list.</summary>
    private async ValueTask<string> TitleAsync(ActivityContext context, string code, CancellationToken ct)
    {
        var name = await tasks.UnitNameAsync(code, ct) ?? code;
        var title = $"{context.Caption}：{name}{(code == context.GetState(Lead)!.GetValue<string>() ? "牵头" : "协办")}";
        return title.Length <= CaseLimits.ShortText ? title : title[..CaseLimits.ShortText];
    }

    private async ValueTask WithdrawRestAsync(ActivityContext context, bool overdue, CancellationToken ct)
    {
        if (context.GetState(Parts) is not JsonObject parts) return;
        var serviceCase = await cases.OfAsync(context, ct);
        foreach (var (_, id) in parts)
            await tasks.WithdrawAsync(serviceCase, new TaskId(Guid.Parse(id!.GetValue<string>())), overdue, ct);
    }

    /// <summary>Stands as long as the parts do: <c>case.unit-asked</c> adds a unit in the middle of it.</summary>
    private static Wait MayBeAsked() => new(EventNames.Stimulus) { Payload = new JsonObject { ["eventName"] = UnitReturns.UnitAsked }, Tag = AskTag };

    private static DateOnly? DueOf(ActivityContext context) =>
        context.GetState(Due)?.GetValue<string>() is { } day ? DateOnly.ParseExact(day, "O", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static JsonObject PartsOf(ActivityContext context) => context.GetState(Parts) as JsonObject ?? [];

    private static JsonArray BoundOf(ActivityContext context) => context.GetState(Bound)?.DeepClone() as JsonArray ?? [];

    private static void Remember(ActivityContext context, string part, TaskId id)
    {
        var parts = PartsOf(context).DeepClone().AsObject();
        parts[part] = id.Value.ToString("D");
        context.SetState(Parts, parts);
    }

    private static void Drop(ActivityContext context, string part)
    {
        var parts = PartsOf(context).DeepClone().AsObject();
        parts.Remove(part);
        context.SetState(Parts, parts);
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "部门协同", "办件")
    {
        Description = "牵头单位和协办单位同时收到任务，各办各的。勾了“可以退单”：每家只能退一次，要写该归谁；退来退去的，由裁定人定，期限不变。",
        Inputs =
        [
            new("Lead", "String", "牵头单位") { Required = true },
            new("Assisting", "List<String>", "协办单位"),
            new("Request", "String", "请他们做什么", UiHint: "multiline"),
            new("Form", "String", "表单", "办的人要填的表，写成 JSON Schema，样子在“看表单”里；可以退单的，要有 proposedUnit（建议归谁）和 returnBasis（依据）。", "multiline"),
            new("Within", "Int32", "几个工作日内"),
            new("Join", "String", "怎样算办完", UiHint: "dropdown") { Options = [("All", "都答复了"), ("LeadDecides", "牵头单位说了算")] },
            TakeOverWatch.Input,
            new("Returns", "Boolean", "可以退单", "每家一次，收到一个工作日内。", "checkbox"),
            new("Arbiter", "String", "谁来裁定", "不填就是服务站站长。"),
            new("AdHoc", "Boolean", "中途可以加请单位", "办到一半还能再请一家，已经在办的不用收回。", "checkbox"),
        ],
        Ports = [new("Agreed", "都同意"), new("Disputed", "有异议"), new("Overdue", "逾期")],
        Create = services => ActivatorUtilities.CreateInstance<DepartmentTasksActivity>(services),
    };
}
