using System.Text.RegularExpressions;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Engine.Checking;

namespace BanBuCheng.Desk.Gate;

/// <summary>事事有着落，件件有回音 — the promise, as a question that can be asked of every state of a flow.</summary>
/// <param name="isSide">A flow from the side: starts with the clock running and owes nothing.</param>
/// <param name="drifts">What flows from the side re-class cases to: since the flow last looked, the difficulty may have become that.</param>
/// <param name="tracksOutcome">Some condition asks for the last reply's outcome.</param>
internal sealed partial class CasePromise(DeadlinePolicy policy, bool isSide, IReadOnlyCollection<Difficulty> drifts, bool tracksOutcome) : IPromise
{
    public IReadOnlyList<long> Beginnings => isSide
        ? [.. Enum.GetValues<Difficulty>().Select(d => new Ghost { IsSide = true, Clock = GhostClock.Running, Difficulty = d }.Pack())]
        : [new Ghost { Owed = true }.Pack()];

    public string? Opening => isSide ? null : "受理";

    public bool Owes(long ghost) => Ghost.Unpack(ghost) is { Owed: true, Closed: false };

    public bool CountsDays(long ghost) => Ghost.Unpack(ghost).Clock is GhostClock.Running;

    public Nature? NatureOf(DrawnActivity activity) => CaseNatures.Of(activity, policy, tracksOutcome);

    public Judgement? Judge(DrawnInput condition)
    {
        if (condition.Language != "JavaScript") return null;
        if (Compares().Match(condition.Text) is not { Success: true } match) return null;
        var (field, word) = (match.Groups["field"].Value, match.Groups["word"].Value);
        var isEqual = match.Groups["operator"].Value[0] == '=';
        if (field == "difficulty") return ghost => [.. Difficulties(Ghost.Unpack(ghost), word).Select(way => (way.Is == isEqual, way.Ghost.Pack()))];
        if (!tracksOutcome || !Enum.TryParse<CaseOutcome>(word, out var outcome)) return null;
        return ghost => Ghost.Unpack(ghost) is { Outcome: > 0 and var last } ? [((last == (int)outcome + 1) == isEqual, ghost)] : [(true, ghost), (false, ghost)];
    }

    /// <summary>Does a document's text hold a condition on the last reply's outcome?</summary>
    public static bool AsksForOutcome(string document) => OutcomeAsked().IsMatch(document);

    private IEnumerable<(bool Is, Ghost Ghost)> Difficulties(Ghost now, string word)
    {
        var isWord = Enum.TryParse<Difficulty>(word, out var asked);
        if (now.Difficulty is not { } known) return isWord ? [(true, now with { Difficulty = asked }), (false, now)] : [(false, now)];
        // What it may have become meanwhile. Whoever goes on knows what it is now.
        return drifts.Append(known).Distinct().Select(d => (isWord && d == asked, now with { Difficulty = d }));
    }

    [GeneratedRegex("""^\s*(?:return\s+)?\(?\s*(?:(?:serviceCase\.)?(?<field>difficulty|outcome)\s*(?<operator>[=!]==?)\s*(?<q>['"])(?<word>\w*)\k<q>|(?<q2>['"])(?<word>\w*)\k<q2>\s*(?<operator>[=!]==?)\s*(?:serviceCase\.)?(?<field>difficulty|outcome))\s*\)?\s*;?\s*$""")]
    private static partial Regex Compares();

    [GeneratedRegex("""\boutcome\s*[=!]==?|[=!]==?\s*outcome\b""")]
    private static partial Regex OutcomeAsked();
}
