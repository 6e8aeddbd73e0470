using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Engine.Checking;

namespace BanBuCheng.Desk.Gate;

/// <summary>What the explored flow says about the promise: G001, G002, G008, G009, G014, G016 and the part of G018 that is about data.</summary>
internal sealed class PromiseCodes(ExploredFlow flow, CasePromise promise, bool isSide, IReadOnlyList<CheckFinding> before)
{
    private readonly Exploration _states = flow.States;
    private readonly List<CheckFinding> _findings = [];
    private readonly HashSet<(string Code, int Activity)> _told = [];

    public List<CheckFinding> Find()
    {
        Signs();
        var badEnds = Ends();
        var hopeless = !_states.HitTheBound && Hopeless();
        Unwatched();
        PausesWithoutEnd();
        if (!badEnds && !hopeless && !_states.HitTheBound) AgainstTheData();
        return _findings;
    }

    private Ghost GhostOf(int state) => Ghost.Unpack(_states.GhostOf(state));

    /// <summary>Turns that are wrong by themselves.</summary>
    private void Signs()
    {
        for (var p = 0; p < _states.Passages.Count; p++)
        {
            var passage = _states.Passages[p];
            var sign = (Sign)passage.Marks;
            if (sign is Sign.None) continue;
            var caption = _states.ActivityAt(passage.Activity).Caption;
            if (sign.HasFlag(Sign.ClosedOwing)) Through("G002", true, passage, p, $"“{caption}”在答复送达之前就能办结", "办结，但没有答复");
            if (sign.HasFlag(Sign.SecondReply)) Through("G014", false, passage, p, $"“{caption}”可能给出第二次答复", null);
            if (sign.HasFlag(Sign.Restarted)) Through("G009", true, passage, p, $"“{caption}”会把正在走的时限重新启动", null);
            if (sign.HasFlag(Sign.MayRestart)) Through("G009", false, passage, p, $"“{caption}”的难易是算出来的，要是和现在一样，就成了重新启动时限，会被拒绝", null);
            if (sign.HasFlag(Sign.ExtendedTwice)) Through("G009", true, passage, p, $"“{caption}”可能第二次延时", "第二次延时");
            if (sign.HasFlag(Sign.ExtendedBeyond)) Through("G009", true, passage, p, $"“{caption}”延的天数超过上限", null);
            if (sign.HasFlag(Sign.ExtensionForbidden)) Through("G009", true, passage, p, $"“{caption}”：{GhostOf(passage.From).Difficulty?.Chinese()}的办件按规定不能延时，要先重新定级", null);
            if (sign.HasFlag(Sign.ExtensionComputed)) Through("G009", false, passage, p, $"“{caption}”的天数是算出来的，超过上限的到时候会被拒绝", null);
        }
    }

    /// <summary>True when some end leaves something owed.</summary>
    private bool Ends()
    {
        var bad = false;
        for (var s = 0; s < _states.StateCount; s++)
        {
            if (_states.EndingOf(s) != Ending.Finished || GhostOf(s) is not { Closed: false } ghost) continue;
            if (ghost.Owed)
            {
                bad = true;
                To("G001", true, s, "流程可能不经答复就结束", "流程结束，但没有答复");
            }
            else if (!isSide) To("G016", false, s, "答复以后流程就结束了，办件没有办结", "流程结束，办件还开着");
            if (ghost.IsPaused) To("G008", false, s, "中止后没有恢复，只能等上限到期", "流程结束，计时还停着");
        }
        return bad;
    }

    /// <summary>States from which no choice leads to any end: the same things go round for ever.</summary>
    private bool Hopeless()
    {
        var canEnd = flow.Graph.CanReach(s => _states.EndingOf(s) != Ending.None || isSide && !promise.Owes(_states.GhostOf(s)));
        // Told where it begins to go round; that nothing leads out of it is no further finding.
        var part = flow.Graph.Rounds(_ => true);
        for (var s = 0; s < canEnd.Length; s++)
        {
            if (canEnd[s] || part[s] < 0) continue;
            if (promise.Owes(_states.GhostOf(s))) To("G001", true, s, "从这里起无论怎样选择都到不了答复", "永远循环，再也到不了答复");
            else To("G001", true, s, "从这里起无论怎样选择都走不到办结", "永远循环，再也到不了办结");
            return true;
        }
        return false;
    }

    /// <summary>A wait that no clock watches.</summary>
    private void Unwatched()
    {
        for (var s = 0; s < _states.StateCount; s++)
        {
            if (!_states.IsQuiet(s) || _states.WaitsOf(s) is not [var waiting, ..] || !promise.Owes(_states.GhostOf(s))) continue;
            var caption = _states.ActivityAt(waiting).Caption;
            var message = GhostOf(s).Clock switch
            {
                GhostClock.Off => $"等待“{caption}”时时限尚未启动",
                GhostClock.PausedForEver => $"等待“{caption}”时计时已经中止，又没有写最长几天",
                _ => null,
            };
            if (message is not null && _told.Add(("G008", waiting))) _findings.Add(flow.Teller.Find("G008", true, waiting, message, s, "停在这里等待，没有时限"));
        }
    }

    private void PausesWithoutEnd()
    {
        bool Owed(Passage p) => promise.Owes(_states.GhostOf(p.From)) && promise.Owes(_states.GhostOf(p.To));
        var part = flow.Graph.Rounds(Owed);
        for (var p = 0; p < _states.Passages.Count; p++)
        {
            var passage = _states.Passages[p];
            if (!((Sign)passage.Marks).HasFlag(Sign.Paused) || part[passage.From] < 0 || part[passage.From] != part[passage.To] || !Owed(passage)) continue;
            Through("G008", true, passage, p, $"“{_states.ActivityAt(passage.Activity).Caption}”在可以一直转的回路里，加起来停多久没有头", null);
        }
    }

    /// <summary>Somebody can always bring it to a reply, but only if the data play along.</summary>
    private void AgainstTheData()
    {
        if (before.Any(f => f.Code == "G007")) return;
        var force = flow.Graph.CanForce(s => _states.EndingOf(s) is Ending.Stopped or Ending.Finished || !promise.Owes(_states.GhostOf(s)));
        for (var p = 0; p < _states.Passages.Count; p++)
        {
            var passage = _states.Passages[p];
            if (force[passage.From] || !force[passage.To] || passage.Is(PassageKinds.Wake)) continue;
            var activity = _states.ActivityAt(passage.Activity);
            if (_states.HasSaturated)
            {
                Through("G017", true, passage, p, $"“{activity.Caption}”一带的来回太多，不能证明必有答复", null);
                return;
            }
            if (before.Any(f => f.Code == "G018" && f.ActivityId == activity.Model.Id)) return;
            Through("G018", false, passage, p, $"只有“{activity.Caption}”这样判断时才能走到答复，要是一直不是，就一直转", null);
            return;
        }
    }

    private void To(string code, bool isError, int state, string message, string tail)
    {
        var last = flow.Teller.LastSeen(state);
        if (!_told.Add((code, last))) return;
        var finding = flow.Teller.Find(code, isError, last, message, state, tail);
        _findings.Add(code == "G001" ? finding with { Because = flow.Teller.CauseOnTheWayTo(state) } : finding);
    }

    private void Through(string code, bool isError, in Passage passage, int at, string message, string? tail)
    {
        if (_told.Add((code, passage.Activity))) _findings.Add(flow.Teller.FindThrough(code, isError, passage.Activity, message, at, tail));
    }
}
