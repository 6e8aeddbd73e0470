using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

// What two situations may differ in and yet have one future: that is taken out of them, so that they are one. Three people who work at the same
// time would else be looked at once for every answer that each of them gave on the way.
internal sealed partial class Stepper
{
    /// <summary>After a step: nothing that cannot matter any more is kept, and what grows without end is called so.</summary>
    private void Settle()
    {
        if (_now.Ending != Ending.None) return;
        plan.Forget(_now);
        if (_now.Root is not null)
        {
            ForgetWays(_now.Root);
            Arrange(_now.Root);
        }
        Dictionary<Node, int>? copies = null;
        foreach (var being in _now.All())
        {
            if (being.Owner is not { Children.Count: > 1 } && copies is null) continue;
            copies ??= [];
            if ((copies[being.Node] = copies.GetValueOrDefault(being.Node) + 1) > MostCopies) _now.Ending = Ending.Outgrown;
        }
        if (_now.Queue.Count > 200) _now.Ending = Ending.Outgrown;
    }

    /// <summary>
    /// Who began first decides one thing only: in which order a WaitAny join takes back those on their way to it. Where no join could take back
    /// two of them, situations that differ in that order alone are one. Copies of one box keep their order.
    /// </summary>
    private static void Arrange(Being at)
    {
        foreach (var child in at.Children) Arrange(child);
        if (at.Children.Count < 2 || at.Node.Flowchart is not { ComputesModes: false }) return;
        var chart = PlanOf(at);
        for (var join = 0; join < chart.ActivityCount; join++)
        {
            if (chart.Modes[join] != JoinMode.WaitAny || at.Node.Flowchart.Activities[join].Type != "Elsa.FlowJoin") continue;
            var ancestors = chart.Ancestors(join);
            var many = 0;
            foreach (var child in at.Children)
                if (ancestors[child.Node.Place] && ++many > 1) return;
        }
        var inOrder = at.Children.OrderBy(c => c.Node.Position).ToList();
        at.Children.Clear();
        at.Children.AddRange(inOrder);
    }

    /// <summary>
    /// By which of its lines an activity was come to is read only while the next arrivals at it are reckoned up, and only of lines with the greatest
    /// number. Where all numbers are 1 the activity has been scheduled and not yet left: the next arrival has the greatest number alone, and the leaving
    /// takes the others to 0. And of lines between the same two activities, which always arrive together, it matters how many were followed, not which.
    /// </summary>
    private static void ForgetWays(Being at)
    {
        foreach (var child in at.Children) ForgetWays(child);
        if (at.Arrivals is not { } arrivals) return;
        var chart = PlanOf(at);
        foreach (var inbound in chart.ForwardInbound)
        {
            if (inbound.Length < 2) continue;
            var isScheduled = true;
            foreach (var c in inbound) isScheduled &= arrivals[c].D == 1;
            for (var i = 0; i < inbound.Length; i++)
            {
                ref var one = ref arrivals[inbound[i]];
                if (!one.Followed) continue;
                if (isScheduled)
                {
                    one.Followed = false;
                    continue;
                }
                for (var before = 0; before < i; before++)
                {
                    ref var other = ref arrivals[inbound[before]];
                    if (other.Followed || other.D != one.D || chart.Connections[inbound[before]].Source != chart.Connections[inbound[i]].Source) continue;
                    (one.Followed, other.Followed) = (false, true);
                    break;
                }
            }
        }
    }
}
