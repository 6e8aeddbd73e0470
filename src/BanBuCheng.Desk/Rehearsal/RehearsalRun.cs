using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>What all cases of a rehearsal share.</summary>
public sealed record RehearsalRules(RehearsalWorld World, RehearsalProfile Profile, long Seed)
{
    /// <summary>Limits of the version that the others are held against: durations are drawn from them, so that a shorter limit makes somebody late and not faster.</summary>
    public Func<string, int?> LimitOf { get; init; } = _ => null;
}

/// <summary>Walks one case through one version of the flows, event after event, until it is closed or nothing more can happen.</summary>
public static class RehearsalRun
{
    /// <summary>A case that is still open after this long is reported as unfinished.</summary>
    private const int LongestDays = 400;
    private const int MostEvents = 5_000;

    public static async Task<CaseRun> OfAsync(RehearsalRules rules, RehearsalFlows flows, PlannedCase plan, CancellationToken ct)
    {
        var walk = new Walk(rules, flows, plan);
        await walk.BeginAsync(ct);
        while (await walk.NextAsync(ct)) ct.ThrowIfCancellationRequested();
        return walk.Told();
    }

    /// <summary>All cases, on all cores; the order of the results is the order of the plans.</summary>
    public static async Task<IReadOnlyList<CaseRun>> AllAsync(RehearsalRules rules, RehearsalFlows flows, IReadOnlyList<PlannedCase> plans, Action<int>? progress, CancellationToken ct)
    {
        var runs = new CaseRun[plans.Count];
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, plans.Count), new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, async (i, token) =>
        {
            runs[i] = await OfAsync(rules, flows, plans[i], token);
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return runs;
    }

    private sealed class Walk
    {
        private readonly RehearsalRules _rules;
        private readonly RehearsalFlows _flows;
        private readonly PlannedCase _plan;
        private readonly RehearsalHall _hall;
        private readonly RehearsedHand _hand;
        private readonly MemoryFlowStore _store;
        private readonly FlowEngine _engine;
        private readonly VirtualClock _clock;
        private readonly RehearsedCase _case;
        private readonly Draws _draws;
        private readonly DateTimeOffset _horizon;
        private readonly PriorityQueue<Func<CancellationToken, ValueTask>, (DateTimeOffset At, int Order)> _coming = new();
        private readonly Dictionary<string, int> _rounds = new(StringComparer.Ordinal);
        private readonly HashSet<TaskId> _assumed = [];
        private readonly List<(string ActivityId, string Message)> _refused = [];
        private int _tasksSeen, _messagesSeen, _noticesSeen, _order, _events;
        private (DateTimeOffset At, DateOnly? Due)? _firstReply;

        public Walk(RehearsalRules rules, RehearsalFlows flows, PlannedCase plan)
        {
            (_rules, _flows, _plan, _draws) = (rules, flows, plan, new Draws(rules.Seed));
            (_hall, _store, _engine, _clock) = flows.Open(rules.World, plan.AcceptedAt);
            _hand = new RehearsedHand(_hall);
            _case = _hall.Accept(plan.Seed);
            _horizon = plan.AcceptedAt.AddDays(LongestDays);
        }

        public async ValueTask BeginAsync(CancellationToken ct)
        {
            await _hall.StartAsync(_case, _flows.Main.DefinitionId, null, ct);
            Look();
        }

        /// <summary>The next thing that happens: what people do goes before a timer of the same instant, so that the last minute counts.</summary>
        public async ValueTask<bool> NextAsync(CancellationToken ct)
        {
            if (++_events > MostEvents || _case.Case.State is CaseState.Closed) return false;
            var timer = _store.NextDue(_horizon);
            if (_coming.TryPeek(out _, out var coming) && coming.At <= _horizon && (timer is null || coming.At <= timer.Value.Due))
            {
                _clock.MoveTo(coming.At);
                try
                {
                    await _coming.Dequeue()(ct);
                }
                catch (Exception refused) when (refused is RefusedException or FormRejectedException)
                {
                    _refused.Add(("", refused.Message));
                }
            }
            else if (timer is { } due)
            {
                _clock.MoveTo(due.Due);
                if (due.IsTrigger) await _engine.FireTriggerAsync(due.Id, ct);
                else if (!await _engine.FireTimerAsync(due.Id, ct)) _store.RemoveWait(due.Id);
                await _hall.SettleAsync(ct);
            }
            else
            {
                return false;
            }

            Look();
            return true;
        }

        /// <summary>Plans what will be done about everything that has just come up.</summary>
        private void Look()
        {
            if (_firstReply is null && _case.Case.RepliedAt is { } replied) _firstReply = (replied, _case.Case.DueOn);
            for (; _tasksSeen < _case.Tasks.Count; _tasksSeen++) Plan(_case.Tasks[_tasksSeen]);
            for (; _noticesSeen < _case.Notices.Count; _noticesSeen++) Recall(_case.Notices[_noticesSeen], _noticesSeen);
            for (; _messagesSeen < _case.Messages.Count; _messagesSeen++)
            {
                var sms = _case.Messages[_messagesSeen];
                // What is recorded of a notice says more than chance.
                if (_case.Notices.FindIndex(n => n.SmsId == sms.Id) is >= 0 and var notice && notice < _plan.Deliveries.Count) continue;
                if (_draws.Of(_plan.Number, $"sms/{sms.Template}", _messagesSeen) >= _rules.Profile.SmsDelivered) continue;
                At(sms.LeavesAt.AddMinutes(1), ct => _hall.ReportAsync(_case, sms, true, ct));
            }
        }

        /// <summary>A recorded delivery happens as long after the issuing as it did; a telling by a 电话告知 task is that task's.</summary>
        private void Recall(CaseNotice notice, int number)
        {
            if (number >= _plan.Deliveries.Count) return;
            var recorded = _plan.Deliveries[number];
            var sms = _case.Messages.Find(m => m.Id == notice.SmsId);
            if (recorded.ByReport && sms is not null) At(notice.IssuedAt + recorded.After, ct => _hall.ReportAsync(_case, sms, true, ct));
            else if (!_plan.Recorded.Keys.Any(k => k.EndsWith("/tell", StringComparison.Ordinal)))
                At(notice.IssuedAt + recorded.After, async ct =>
                {
                    if (notice.IsOpen) await _hall.TellAsync(_case, DeliveryWay.Phone, ct);
                });
        }

        private void Plan(InboxTask task)
        {
            var who = new Assignee(task.AssignedRole, task.AssignedUnit, task.AssignedPerson).ToString();
            var key = task.Purpose switch { TaskPurpose.Department => $"{task.ActivityId}/{task.AssignedUnit}", TaskPurpose.TellByPhone => $"{task.ActivityId}/tell", _ => task.ActivityId };
            var round = _rounds[key] = _rounds.GetValueOrDefault(key) + 1;
            var recorded = _plan.Recorded.TryGetValue(key, out var steps) && steps.Count >= round && task.Outcomes.Contains(steps[round - 1].Outcome) ? steps[round - 1] : null;
            double Draw(string what) => _draws.Of(_plan.Number, $"{key}/{what}", round);

            var drafted = _case.Tasks.Where(t => t.State is TaskState.Done && t.ActivityId != task.ActivityId).MaxBy(t => t.EndedAt)?.Outcome;
            var signs = drafted is not null && task.Outcomes.Contains(drafted) && Draw("agrees") < _rules.Profile.Agrees;
            var outcome = recorded?.Outcome ?? (signs ? drafted! : _rules.Profile.Choose(who, task.Outcomes, Draw("outcome")));
            var limit = _rules.LimitOf(task.ActivityId) ?? task.WithinDays ?? 1;
            var full = TimeSpan.FromMinutes(Math.Max(1, limit) * _rules.World.MinutesOfADay);
            var took = recorded?.Took ?? full * (Draw("late?") < _rules.Profile.LateShare ? 1 + Draw("took") : 0.05 + (0.95 * Draw("took")));
            if (recorded is null) _assumed.Add(task.Id);
            At(_rules.World.Policy.Hours.After(task.OpenedAt, took, _rules.World.Calendar), async ct =>
            {
                // Taken back meanwhile, or by somebody who is not there any more.
                if (task.State is not TaskState.Open || _hall.WhoDoes(task) is null) return;
                try
                {
                    if (!await _hand.DoAsync(task, outcome, recorded?.Answer, Draw, (left, again) => _rules.Profile.Choose(who, left, Draw($"outcome/{again}")), ct)) _assumed.Add(task.Id);
                }
                catch (Exception no) when (no is RefusedException or FormRejectedException)
                {
                    _refused.Add((task.ActivityId, no is FormRejectedException { Faults: var faults } ? string.Join(" ", faults.Values) : ((RefusedException)no).Code));
                }
            });
        }

        private void At(DateTimeOffset at, Func<CancellationToken, ValueTask> act) => _coming.Enqueue(act, (at, _order++));

        public CaseRun Told()
        {
            var one = _case.Case;
            var calendar = _rules.World.Calendar;
            return new CaseRun(_plan.Number, _plan.Name, _plan.Seed.Difficulty.ToString())
            {
                Tasks =
                [
                    .. _case.Tasks.Where(t => t.EndedAt is not null && t.State is TaskState.Done or TaskState.Overdue).OrderBy(t => t.EndedAt).Select(t => new RehearsedTask(
                        t.ActivityId, t.Title, new Assignee(t.AssignedRole, t.AssignedUnit, t.AssignedPerson).ToString(), t.State is TaskState.Overdue ? HumanTaskActivity.OverduePort : t.Outcome ?? "",
                        t.OpenedAt, t.EndedAt!.Value, t.DueOn, t.State is TaskState.Overdue || (t.DueAt is { } due && t.EndedAt > due), _assumed.Contains(t.Id))),
                ],
                Outcome = one.Outcome,
                Closed = one.State is CaseState.Closed,
                AcceptedOn = one.AcceptedOn,
                DueOn = _firstReply?.Due ?? one.DueOn,
                RepliedAt = _firstReply?.At,
                LateReply = _firstReply is { } first ? first.Due is { } last && !HallHours.InTime(last, first.At) : one.DueOn is not null,
                WorkingDaysToReply = _firstReply is { } told ? calendar.WorkingDaysBetween(one.AcceptedOn, ShanghaiTime.DayOf(told.At)) : 0,
                Messages = _case.Messages.Count,
                Troubles = [.. _store.Instances.SelectMany(i => _store.IncidentsOf(i.Id)).Select(i => (i.ActivityId, i.Message)), .. _refused],
            };
        }
    }
}
