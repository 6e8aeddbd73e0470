using System.Globalization;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>The policy as typed: text, so that a wrong number comes back as it was written.</summary>
public sealed class PolicyFields
{
    public Dictionary<string, NumberField> Numbers { get; set; } = [];
    public string? CeilingCounts { get; set; }
    public bool SimpleMayBeExtended { get; set; }
    public string? MorningOpens { get; set; }
    public string? MorningCloses { get; set; }
    public string? AfternoonOpens { get; set; }
    public string? AfternoonCloses { get; set; }
    public string? HoursBasis { get; set; }
    public int BasedOn { get; set; }

    internal static PolicyFields Of(DeadlinePolicy policy, int basedOn) => new()
    {
        Numbers = PolicyWords.Numbers.ToDictionary(n => n.Field, n => new NumberField { Value = n.Read(policy).Value.ToString(CultureInfo.InvariantCulture), Basis = n.Read(policy).Basis }),
        CeilingCounts = policy.CeilingCounts.ToString(),
        SimpleMayBeExtended = policy.SimpleMayBeExtended,
        MorningOpens = Clock(policy.Hours.MorningOpens),
        MorningCloses = Clock(policy.Hours.MorningCloses),
        AfternoonOpens = Clock(policy.Hours.AfternoonOpens),
        AfternoonCloses = Clock(policy.Hours.AfternoonCloses),
        HoursBasis = policy.HoursBasis,
        BasedOn = basedOn,
    };

    /// <summary>The policy that was typed, and what could not even be read.</summary>
    internal (DeadlinePolicy Policy, Dictionary<string, string> Faults) Read(DeadlinePolicy before)
    {
        var faults = new Dictionary<string, string>();
        var policy = before;
        foreach (var number in PolicyWords.Numbers)
        {
            var typed = Numbers.GetValueOrDefault(number.Field) ?? new NumberField();
            if (!int.TryParse(typed.Value?.Trim().Normalize(System.Text.NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                faults[number.Field] = $"{number.Caption}要写一个整数。";
                continue;
            }

            if (typed.Basis?.Length > 400) faults[number.Field] = $"依据写了{typed.Basis.Length}个字，最多400个。";
            policy = number.With(policy, new PolicyNumber(value, typed.Basis?.Trim() ?? ""));
        }

        if (Enum.GetNames<ExtensionCeiling>().Contains(CeilingCounts)) policy = policy with { CeilingCounts = Enum.Parse<ExtensionCeiling>(CeilingCounts!) };
        else faults[nameof(CeilingCounts)] = "还没选上限怎么算。";
        if (HoursBasis?.Length > 400) faults[nameof(HoursBasis)] = $"依据写了{HoursBasis.Length}个字，最多400个。";
        if (Time(MorningOpens) is { } a && Time(MorningCloses) is { } b && Time(AfternoonOpens) is { } c && Time(AfternoonCloses) is { } d) policy = policy with { Hours = new HallHours(a, b, c, d) };
        else faults["Hours"] = "办公时间写成“9:00”这样。";
        return (policy with { SimpleMayBeExtended = SimpleMayBeExtended, HoursBasis = HoursBasis?.Trim() ?? "" }, faults);
    }

    private static string Clock(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);

    private static TimeOnly? Time(string? typed) =>
        TimeOnly.TryParseExact(typed?.Trim().Replace('：', ':'), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>A number and its legal basis.</summary>
    public sealed class NumberField
    {
        public string? Value { get; set; }
        public string? Basis { get; set; }
    }
}
