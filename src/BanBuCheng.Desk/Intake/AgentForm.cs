using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Intake;

/// <summary>委托书 as typed: who acts for the applicant, for what, from when until when. Field names are the page's.</summary>
public sealed record AgentForm
{
    /// <summary>A paper that runs for years is signed anew.</summary>
    private const int LongestYears = 2;

    public string? AgentName { get; init; }
    public string? AgentPhone { get; init; }
    public string? AgentRelation { get; init; }
    public string? AgentScope { get; init; }
    public DateOnly? AgentFrom { get; init; }
    public DateOnly? AgentUntil { get; init; }

    public bool IsBlank => string.IsNullOrWhiteSpace(AgentName) && string.IsNullOrWhiteSpace(AgentPhone) && string.IsNullOrWhiteSpace(AgentScope)
        && string.IsNullOrWhiteSpace(AgentRelation) && AgentUntil is null && AgentFrom is null;

    /// <summary>What is wrong, field by field; nothing when it is blank: an authorisation may be brought later.</summary>
    public IReadOnlyDictionary<string, string> Faults(DateOnly today)
    {
        var faults = new Dictionary<string, string>();
        if (IsBlank) return faults;
        Text(nameof(AgentName), AgentName, "还没写代办人是谁。", CaseLimits.Name);
        Text(nameof(AgentRelation), AgentRelation, "还没写是什么关系，比如“女儿”“单位同事”。", 40);
        Text(nameof(AgentScope), AgentScope, "还没写委托办什么。", CaseLimits.ShortText);
        if (!string.IsNullOrWhiteSpace(AgentPhone) && !PhoneNumber.TryParse(AgentPhone, out _, out var problem)) faults[nameof(AgentPhone)] = problem;
        if (AgentUntil is not { } until) faults[nameof(AgentUntil)] = "还没写委托到哪一天。";
        else if (until < today) faults[nameof(AgentUntil)] = "这份委托已经过期了，请重新签一份。";
        else if (until < (AgentFrom ?? today)) faults[nameof(AgentUntil)] = "委托结束的日子比开始的还早，请照着委托书再核一遍。";
        else if (until > (AgentFrom ?? today).AddYears(LongestYears)) faults[nameof(AgentUntil)] = $"委托最长写{LongestYears}年。";
        return faults;

        void Text(string field, string? value, string whenEmpty, int longest) => TypedText.Check(faults, field, value, whenEmpty, longest);
    }

    internal AgentTold Told(FieldCipher cipher, DateOnly today)
    {
        var phone = PhoneNumber.TryParse(AgentPhone, out var parsed, out _) ? parsed : null;
        return new AgentTold(cipher.Seal(AgentName!.Trim()), PersonName.Mask(AgentName), phone is null ? null : cipher.Seal(phone), phone is null ? "" : PhoneNumber.Mask(phone),
            AgentRelation!.Trim(), AgentScope!.Trim(), AgentFrom ?? today, AgentUntil!.Value);
    }
}
