using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Reply;
using BanBuCheng.Desk.ReturnVisit;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Engine.Checking;

namespace BanBuCheng.Desk.Gate;

/// <summary>What each government activity does as the gate sees it. The rooms say what it really does; a change there wants one here.</summary>
internal static class CaseNatures
{
    public static Nature? Of(DrawnActivity activity, DeadlinePolicy policy, bool tracksOutcome) => activity.Type switch
    {
        StartClockActivity.TypeName => new StartsClock(activity),
        SetStageActivity.TypeName => new EntersStage(activity),
        SuspendClockActivity.TypeName => new PausesClock(activity),
        ResumeClockActivity.TypeName => new ResumesClock(),
        CloseCaseActivity.TypeName => new ClosesCase(),
        HumanTaskActivity.TypeName => new AsksPerson(activity),
        DepartmentTasksActivity.TypeName => new AsksDepartments(activity),
        EscalateActivity.TypeName or SendSmsActivity.TypeName => new DoneAtOnce(),
        ExtendDeadlineActivity.TypeName => new Extends(activity, policy),
        WorkingDayTimerActivity.TypeName => new WaitsDays(activity),
        DeliverReplyActivity.TypeName => new DeliversReply(activity, tracksOutcome),
        ReturnVisitActivity.TypeName => new Visits(activity),
        _ => null,
    };

    public static bool IsOurs(string type) => type.StartsWith("BanBuCheng.", StringComparison.Ordinal);

    private static Turn At(TurnKind kind, Ghost ghost) => new(kind, ghost.Pack());

    private static Turn Leaves(string outcome, Ghost ghost, string? story) => Turn.By(outcome, ghost.Pack(), story);

    private sealed class DoneAtOnce : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [Turn.Done(ghost)];
    }

    private sealed class StartsClock(DrawnActivity activity) : Nature
    {
        private readonly DrawnInput _drawn = activity.Input("difficulty");

        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            return [.. Difficulties(now).Select(difficulty => Start(now, difficulty)).DistinctBy(t => (t.Ghost, t.Marks))];
        }

        private IEnumerable<Difficulty> Difficulties(Ghost now)
        {
            if (_drawn is { IsLiteral: true, IsGiven: true }) return Enum.TryParse<Difficulty>(_drawn.Text, out var literal) ? [literal] : Enum.GetValues<Difficulty>();
            return !_drawn.IsComputed && now.Difficulty is { } known ? [known] : Enum.GetValues<Difficulty>();
        }

        private Turn Start(Ghost now, Difficulty difficulty)
        {
            if (now.Clock is GhostClock.Off or GhostClock.Stopped)
                return At(TurnKind.Leaves, now with
                {
                    Clock = GhostClock.Running, Difficulty = difficulty, Owed = true, Replied = false, Outcome = 0, Extended = false, ExtendedBy = 0,
                }) with { Story = activity.Caption };
            // After a reopening a flow may say again what the reopening did: nothing is counted anew.
            var isReopened = now is { Owed: true, EverReplied: true };
            var restarts = now.Difficulty == difficulty && !isReopened;
            return At(TurnKind.Leaves, now with { Difficulty = difficulty }) with
            {
                Story = restarts ? $"再次{activity.Caption}" : activity.Caption,
                Marks = (int)(!restarts ? Sign.None : _drawn.IsComputed ? Sign.MayRestart : Sign.Restarted),
            };
        }
    }

    private sealed class EntersStage(DrawnActivity activity) : Nature
    {
        private readonly DrawnInput _stage = activity.Input("stage");

        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            if (now.Owed) return [Turn.Done(ghost)];
            var back = At(TurnKind.Leaves, now.Reopened());
            if (_stage.IsComputed) return [Turn.Done(ghost), back];
            return [Enum.TryParse<CaseStage>(_stage.Text, out var stage) && stage < CaseStage.Reply ? back : Turn.Done(ghost)];
        }
    }

    private sealed class PausesClock(DrawnActivity activity) : Nature
    {
        private readonly DrawnInput _most = activity.Input("maxWorkingDays");

        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            var isBounded = _most.IsComputed || _most.Number is >= 1;
            if (now.Clock is not GhostClock.Running && !now.IsPaused) return [Turn.Done(ghost)];
            var paused = !isBounded || now.Clock is GhostClock.PausedForEver ? GhostClock.PausedForEver : GhostClock.Paused;
            return [At(TurnKind.Leaves, now with { Clock = paused }) with { Story = activity.Caption, Marks = (int)Sign.Paused }];
        }
    }

    private sealed class ResumesClock : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            return [At(TurnKind.Leaves, now.IsPaused ? now with { Clock = GhostClock.Running } : now) with { Story = now.IsPaused ? "恢复计时" : null }];
        }
    }

    private sealed class ClosesCase : Nature
    {
        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            // A flow from the side may close a case only after a reply of its own.
            var owes = now.Owed || now is { IsSide: true, EverReplied: false };
            return [At(TurnKind.FinishesFlow, now with { Closed = true }) with { Story = "办结", Marks = (int)(owes ? Sign.ClosedOwing : Sign.None) }];
        }
    }

    private sealed class AsksPerson(DrawnActivity activity) : Nature
    {
        private const int MostRounds = 30;
        private readonly DrawnInput _within = activity.Input("within");
        private readonly IReadOnlyList<string>? _outcomes = Outcomes(activity);
        private readonly int _maxRounds = activity.Input("maxRounds").Number is >= 1 and <= MostRounds and var n ? n : 0;

        public override bool IsHumanWork => true;
        public override int CountsRoundsTo => _maxRounds;
        public override IReadOnlyList<string>? PortsToConnect => _outcomes;

        public override IReadOnlyList<Turn> Runs(long ghost, int round) =>
            _outcomes is { Count: 0 } ? [new(TurnKind.Breaks, ghost)] : [new(TurnKind.Waits, ghost) { Days = _within.Number }];

        public override IReadOnlyList<Turn> Wakes(long ghost, int round)
        {
            // Computed outcomes: any that is connected, and one that is not.
            var offered = _outcomes ?? [.. activity.ConnectedPorts.Where(p => p != HumanTaskActivity.OverduePort), "（算出来的结果）"];
            if (_maxRounds > 0 && round > _maxRounds && offered.Where(o => !activity.LeadsBack(o)).ToList() is { Count: > 0 } left) offered = left;
            var turns = offered.Select(o => Turn.By(o, ghost, $"{activity.Caption}选择“{o}”") with { IsChosen = true });
            if (_within.IsGiven && activity.IsConnected(HumanTaskActivity.OverduePort))
                turns = turns.Append(Turn.By(HumanTaskActivity.OverduePort, ghost, $"{activity.Caption}超时") with { IsChosen = true, IsLate = true });
            return [.. turns];
        }

        private static IReadOnlyList<string>? Outcomes(DrawnActivity activity)
        {
            var drawn = activity.Input("outcomes");
            return drawn.Language.Length == 0 ? [] : drawn.Words?.Distinct(StringComparer.Ordinal).ToList();
        }
    }

    private sealed class AsksDepartments(DrawnActivity activity) : Nature
    {
        private readonly DrawnInput _within = activity.Input("within");

        public override bool IsHumanWork => true;
        public override IReadOnlyList<string>? PortsToConnect => ["Agreed", "Disputed"];

        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new(TurnKind.Waits, ghost) { Days = _within.Number }];

        public override IReadOnlyList<Turn> Wakes(long ghost, int round)
        {
            Turn agreed = Turn.By("Agreed", ghost, $"{activity.Caption}都同意") with { IsChosen = true },
                disputed = Turn.By("Disputed", ghost, $"{activity.Caption}有争议") with { IsChosen = true };
            return _within.IsGiven && activity.IsConnected("Overdue")
                ? [agreed, disputed, Turn.By("Overdue", ghost, $"{activity.Caption}超时") with { IsChosen = true, IsLate = true }]
                : [agreed, disputed];
        }
    }

    /// <summary>The policy decides at once, or the notice goes out; the wait for it is the slack's business.</summary>
    private sealed class Extends(DrawnActivity activity, DeadlinePolicy policy) : Nature
    {
        private readonly DrawnInput _days = activity.Input("workingDays");

        public override IReadOnlyList<string>? PortsToConnect => ["Extended", "Refused"];

        public override IReadOnlyList<Turn> Runs(long ghost, int round)
        {
            var refused = Turn.By("Refused", ghost, $"{activity.Caption}为“不予延时”");
            return Ghost.Unpack(ghost).Clock is GhostClock.Running ? [new Turn(TurnKind.Waits, ghost) { Days = 0 }, refused] : [refused];
        }

        public override IReadOnlyList<Turn> Wakes(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            var refused = Turn.By("Refused", ghost, $"{activity.Caption}为“不予延时”");
            if (now.Clock is not GhostClock.Running) return [refused];
            var granted = now with { Extended = true, ExtendedBy = now.Extended ? now.ExtendedBy : _days.Number ?? 0 };
            return [Leaves("Extended", granted, $"{activity.Caption}为“同意延时”") with { Marks = (int)SignOf(now) }, refused];
        }

        private Sign SignOf(Ghost now)
        {
            if (now.Extended) return Sign.ExtendedTwice;
            var difficulty = now.Difficulty ?? Difficulty.Complex;
            if (!policy.MayBeExtended(difficulty) || policy.Extensions.Value < 1) return Sign.ExtensionForbidden;
            if (_days.IsComputed) return Sign.ExtensionComputed;
            return policy.Judge(difficulty, policy.LimitOf(difficulty), _days.Number ?? 0, 0, inTime: true) is ExtensionVerdict.Allowed ? Sign.None : Sign.ExtendedBeyond;
        }
    }

    private sealed class WaitsDays(DrawnActivity activity) : Nature
    {
        private readonly int? _days = activity.Input("workingDays").Number;

        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new(TurnKind.Waits, ghost) { Days = _days }];

        public override IReadOnlyList<Turn> Wakes(long ghost, int round) => [Turn.Done(ghost) with { Story = $"{activity.Caption}到期", IsChosen = true }];
    }

    /// <summary>Waits until the citizen has it: minutes for a message, the slack's day for a telephone call.</summary>
    private sealed class DeliversReply(DrawnActivity activity, bool tracksOutcome) : Nature
    {
        private readonly int _outcome = tracksOutcome && Enum.TryParse<CaseOutcome>(activity.Input("outcome").Text, out var word) ? (int)word + 1 : 0;

        public override bool IsHumanWork => true;

        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new(TurnKind.Waits, ghost) { Days = 0 }];

        public override IReadOnlyList<Turn> Wakes(long ghost, int round)
        {
            var now = Ghost.Unpack(ghost);
            var sign = Sign.Delivered | (now is { Owed: false, Replied: true } ? Sign.SecondReply : Sign.None);
            var told = now with { Owed = false, Replied = true, EverReplied = true, Clock = GhostClock.Stopped, Outcome = _outcome };
            return [Leaves("Delivered", told, "答复送达") with { Marks = (int)sign, IsChosen = true }];
        }
    }

    private sealed class Visits(DrawnActivity activity) : Nature
    {
        public override bool IsHumanWork => true;
        public override IReadOnlyList<string>? PortsToConnect => ["Satisfied", "NotSatisfied", "Unreached"];

        public override IReadOnlyList<Turn> Runs(long ghost, int round) => [new(TurnKind.Waits, ghost) { Days = ReturnVisitActivity.WithinDays }];

        public override IReadOnlyList<Turn> Wakes(long ghost, int round) =>
        [
            Turn.By("Satisfied", ghost, $"{activity.Caption}：解决了") with { IsChosen = true },
            Leaves("NotSatisfied", Ghost.Unpack(ghost).Reopened(), $"{activity.Caption}：没解决") with { IsChosen = true },
            Turn.By("Unreached", ghost, $"{activity.Caption}：联系不上") with { IsChosen = true },
        ];
    }
}
