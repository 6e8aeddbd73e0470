using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Notices;

/// <summary>
/// 能不能提 — what a request from the side must bring and what the policy forbids, said when it is made: by the page, the API and for an
/// administrator alike. The flow's activities ask the policy again when it comes to it.
/// </summary>
public static class AskedRules
{
    public const int LongestExplanation = 500;

    /// <exception cref="RefusedException">Which rule, by its code.</exception>
    public static void Guard(ServiceCase serviceCase, string eventName, JsonObject? payload, DeadlinePolicy policy, DateTimeOffset now)
    {
        if (eventName == CaseEvents.ExtensionRequested) GuardExtension(serviceCase, payload, policy, now);
        else if (eventName == CaseEvents.PauseRequested) GuardPause(serviceCase, payload, policy);
    }

    private static void GuardExtension(ServiceCase serviceCase, JsonObject? payload, DeadlinePolicy policy, DateTimeOffset now)
    {
        if (serviceCase.Clock is not ClockState.Running || serviceCase.DueOn is not { } due) throw new RefusedException("clock.not-running");
        if (Whole(payload, "workingDays") is not { } days || days < 1) throw new RefusedException("extension.date-missing", "Ask.Days");
        if (!ExtensionReasons.Captions.ContainsKey(Text(payload, "reasonCode"))) throw new RefusedException("extension.reason-unknown", "Ask.Reason");
        if (Text(payload, "explanation").Trim().Length is 0 or > LongestExplanation) throw new RefusedException("extension.text-missing", "Ask.Explanation");

        if (TypedText.Unreadable(Text(payload, "explanation")) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["Ask.Explanation"] = fault });

        // A simple case is re-classed by the station head instead; what it may have then is not for this request to say.
        if (!policy.MayBeExtended(serviceCase.Difficulty)) return;
        var verdict = policy.Judge(serviceCase.Difficulty, serviceCase.LimitWorkingDays, days, serviceCase.ExtendedBy > 0 ? 1 : 0, HallHours.InTime(due, now));
        var code = verdict switch
        {
            ExtensionVerdict.AlreadyExtended => "extension.once",
            ExtensionVerdict.TooLate => "extension.too-late",
            ExtensionVerdict.BeyondCeiling => "extension.beyond-ceiling",
            _ => null,
        };
        if (code is not null) throw new RefusedException(code) { Facts = [("most", policy.CeilingOf(serviceCase.Difficulty).ToString(System.Globalization.CultureInfo.InvariantCulture))] };
    }

    private static void GuardPause(ServiceCase serviceCase, JsonObject? payload, DeadlinePolicy policy)
    {
        if (serviceCase.Clock is not ClockState.Running) throw new RefusedException("clock.not-running");
        if (!PauseReasons.Captions.ContainsKey(Text(payload, "reasonCode"))) throw new RefusedException("pause.reason-unknown", "Ask.Reason");
        if (Whole(payload, "maxWorkingDays") is not { } most || most < 1 || most > policy.LongestPause.Value)
            throw new RefusedException("pause.maximum-missing", "Ask.Days") { Facts = [("most", policy.LongestPause.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))] };
    }

    private static int? Whole(JsonObject? payload, string name) => payload?[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string Text(JsonObject? payload, string name) => payload?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
