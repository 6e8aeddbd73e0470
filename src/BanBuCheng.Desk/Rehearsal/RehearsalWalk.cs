using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>
/// 一步一步走 — one rehearsed case and a clock that somebody moves. A walk is its beginning and the list of what was done: walked again it comes to
/// the same place, so that nobody has to keep it.
/// </summary>
public sealed class RehearsalWalk
{
    public const int MostActs = 200;
    private const int MostEventsOfADay = 1_000;

    /// <summary>What may be asked from the side, with what comes along.</summary>
    private static readonly Dictionary<string, (string Words, JsonObject Payload)> Asides = new(StringComparer.Ordinal)
    {
        [CaseEvents.ExtensionRequested] = ("有人申请延时 5 个工作日", new JsonObject { ["workingDays"] = 5, ["reasonCode"] = "FACT_FINDING" }),
        [CaseEvents.PauseRequested] = ("有人申请中止计时", new JsonObject { ["reasonCode"] = "EXPERT_REVIEW" }),
        [CaseEvents.WithdrawalRequested] = ("群众提出撤回", new JsonObject { ["reason"] = "推演" }),
        [CaseEvents.NotSolved] = ("群众说没解决", []),
    };

    private readonly RehearsalWorld _world;
    private readonly RehearsalHall _hall;
    private readonly MemoryFlowStore _store;
    private readonly FlowEngine _engine;
    private readonly Engine.Expectations.VirtualClock _clock;
    private readonly List<WalkedStep> _steps = [];

    private RehearsalWalk(RehearsalWorld world, RehearsalFlows flows, DateTimeOffset start, CaseSeed seed)
    {
        _world = world;
        (_hall, _store, _engine, _clock) = flows.Open(world, start);
        Case = _hall.Accept(seed);
    }

    public RehearsedCase Case { get; }
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>What was done, with what it brought about, in order.</summary>
    public IReadOnlyList<WalkedStep> Steps => _steps;

    /// <summary>The next thing that the clock will do by itself; null when it waits for people only.</summary>
    public DateTimeOffset? NextEvent => _store.NextDue(Now.AddYears(2))?.Due;

    public static IEnumerable<(string Event, string Words)> MayAsk => Asides.Select(a => (a.Key, a.Value.Words));

    /// <summary>Day by day why the date is the date; null while no clock runs.</summary>
    public DueDate? Why => Case.Case.DueOn is null ? null
        : _world.Calendar.Due(Case.Case.AcceptedOn, Case.Case.LimitWorkingDays + Case.Case.ExtendedBy, Case.Pauses, ShanghaiTime.DayOf(Now));

    /// <param name="acts"><c>event</c>, <c>day</c>, <c>task:N:OUTCOME</c>, <c>sms:N</c>, <c>told</c>, <c>ask:EVENT</c>; what cannot be done any more is told and left out.</param>
    public static async Task<RehearsalWalk> OfAsync(RehearsalWorld world, RehearsalFlows flows, DateTimeOffset start, CaseSeed seed, IReadOnlyList<string> acts, CancellationToken ct)
    {
        var walk = new RehearsalWalk(world, flows, start, seed);
        await walk.ActAsync($"受理一件，{seed.Difficulty.Chinese()}", async () => await walk._hall.StartAsync(walk.Case, flows.Main.DefinitionId, null, ct));
        foreach (var act in acts.Take(MostActs)) await walk.DoAsync(act, ct);
        return walk;
    }

    private async ValueTask DoAsync(string act, CancellationToken ct)
    {
        switch (act.Split(':', 3))
        {
            case ["event"] when NextEvent is { } next:
                await ActAsync("到了下一件事", () => AdvanceAsync(next, ct));
                break;
            case ["day"]:
                var tomorrow = ShanghaiTime.DayOf(Now).AddDays(1);
                await ActAsync("到了第二天", () => AdvanceAsync(_world.Policy.Hours.OpeningOf(tomorrow), ct));
                break;
            case ["task", var number, var outcome] when Index(number) is { } i && i < Case.Tasks.Count && Case.Tasks[i].State is TaskState.Open:
                var task = Case.Tasks[i];
                await ActAsync($"“{task.Title}”选“{outcome}”", async () => await new RehearsedHand(_hall).DoAsync(task, outcome, null, _ => 0, null, ct));
                break;
            case ["sms", var number] when Index(number) is { } i && i < Case.Messages.Count && Case.Messages[i].Delivered is null:
                await ActAsync("手机收到了短信", () => _hall.ReportAsync(Case, Case.Messages[i], true, ct));
                break;
            case ["told"] when Case.OpenNotice is not null:
                await ActAsync("打电话告诉了群众", () => _hall.TellAsync(Case, DeliveryWay.Phone, ct));
                break;
            case ["ask", var name] when Asides.TryGetValue(name, out var asked):
                await ActAsync(asked.Words, () => _hall.AskAsideAsync(Case, name, asked.Payload.DeepClone(), ct));
                break;
        }
    }

    private async ValueTask AdvanceAsync(DateTimeOffset until, CancellationToken ct)
    {
        for (var fired = 0; fired < MostEventsOfADay && _store.NextDue(until) is { } next; fired++)
        {
            _clock.MoveTo(next.Due);
            if (next.IsTrigger) await _engine.FireTriggerAsync(next.Id, ct);
            else if (!await _engine.FireTimerAsync(next.Id, ct)) _store.RemoveWait(next.Id);
            await _hall.SettleAsync(ct);
        }

        _clock.MoveTo(until);
    }

    private async ValueTask ActAsync(string words, Func<ValueTask> act)
    {
        var (tasks, messages, due, stage) = (Case.Tasks.Count, Case.Messages.Count, Case.Case.DueOn, Case.Case.Stage);
        string? refused = null;
        try
        {
            await act();
        }
        catch (RefusedException no)
        {
            refused = no.Code;
        }
        catch (FormRejectedException no)
        {
            refused = string.Join(" ", no.Faults.Values);
        }

        List<string> brought = [];
        if (Case.Case.Stage != stage) brought.Add($"进入{Case.Case.Stage.Caption()}");
        brought.AddRange(Case.Tasks.Skip(tasks).Select(t => $"开出待办“{t.Title}”"));
        brought.AddRange(Case.Messages.Skip(messages).Select(m => $"发短信“{Sms.SmsTemplates.All[m.Template].Caption}”"));
        if (Case.Case.DueOn != due && Case.Case.DueOn is { } now) brought.Add($"答复日期是{now.Year}年{now.Month}月{now.Day}日");
        if (Case.Case.State is CaseState.Closed) brought.Add("办结");
        _steps.Add(new WalkedStep(Now, words, brought, refused));
    }

    private static int? Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <param name="Refused">Why the desk did not take it; null when it did.</param>
public sealed record WalkedStep(DateTimeOffset At, string Words, IReadOnlyList<string> Brought, string? Refused);
