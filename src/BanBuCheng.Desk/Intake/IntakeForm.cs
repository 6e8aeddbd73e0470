using System.Text;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Intake;

/// <summary>问题受理单 — what the clerk typed, before and after checking. Field names are the page's.</summary>
public sealed record IntakeForm
{
    public string? Subject { get; init; }
    public string? Story { get; init; }
    public string? OriginalItem { get; init; }
    public string? OriginalWindow { get; init; }
    public int? VisitsBefore { get; init; }
    public ApplicantKind ApplicantKind { get; init; }
    public string? ApplicantName { get; init; }
    public string? Phone { get; init; }
    public string? IdNumber { get; init; }
    public IReadOnlyList<string> CareFlags { get; init; } = [];
    public Channel Channel { get; init; }
    public DateOnly? NeededBy { get; init; }
    public string? NeededByReason { get; init; }
    public Difficulty Difficulty { get; init; }

    /// <summary>要不要特别照顾 — codes and captions.</summary>
    public static IReadOnlyDictionary<string, string> CareCaptions { get; } = new Dictionary<string, string>
    {
        ["ELDERLY"] = "老人",
        ["DISABLED"] = "残疾人",
        ["PREGNANT"] = "孕妇",
        ["NO_MOBILE"] = "不会用手机",
        ["PROXY"] = "替人来办",
    };

    /// <summary>What is wrong, field by field, in Chinese; empty when the form can be accepted.</summary>
    public IReadOnlyDictionary<string, string> Faults(DateOnly today)
    {
        var faults = new Dictionary<string, string>();
        Text(nameof(Subject), Subject, "还没写一句话概括。", CaseLimits.Subject);
        Text(nameof(Story), Story, "还没写怎么办不成的。", CaseLimits.Story);
        Text(nameof(ApplicantName), ApplicantName, ApplicantKind is ApplicantKind.Enterprise ? "还没写单位名称。" : "还没写姓名。", CaseLimits.Name);
        Text(nameof(OriginalItem), OriginalItem, null, CaseLimits.ShortText);
        Text(nameof(OriginalWindow), OriginalWindow, null, CaseLimits.ShortText);
        Text(nameof(NeededByReason), NeededByReason, null, CaseLimits.ShortText);
        if (!PhoneNumber.TryParse(Phone, out _, out var phoneProblem)) faults[nameof(Phone)] = phoneProblem;
        if (!string.IsNullOrWhiteSpace(IdNumber) && IdNumbers.ProblemOf(IdNumber, ApplicantKind) is { } idProblem) faults[nameof(IdNumber)] = idProblem;
        if (VisitsBefore is < 0 or > 99) faults[nameof(VisitsBefore)] = "跑了几趟，写 0 到 99 的数。";
        if (NeededBy is { } needed && needed < today) faults[nameof(NeededBy)] = "这一天已经过了。";
        if (NeededBy is { } far && far > today.AddYears(2)) faults[nameof(NeededBy)] = "超过两年了，请再看看年份。";
        if (!Enum.IsDefined(Difficulty)) faults[nameof(Difficulty)] = "还没选难易。";
        if (!Enum.IsDefined(ApplicantKind)) faults[nameof(ApplicantKind)] = "还没选谁来办。";
        if (!Enum.IsDefined(Channel)) faults[nameof(Channel)] = "没有这个渠道。";
        if (CareFlags.Any(flag => !CareCaptions.ContainsKey(flag))) faults[nameof(CareFlags)] = "没有这一项照顾。";
        return faults;

        void Text(string field, string? value, string? whenEmpty, int longest)
        {
            var length = value?.Trim().Length ?? 0;
            if (length == 0 && whenEmpty is not null) faults[field] = whenEmpty;
            else if (length > longest) faults[field] = $"写了 {length} 个字，最多 {longest} 个。";
            else if (value?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true) faults[field] = "里面有看不见的控制符，请删掉再试。";
            else if (value is not null && HasHalfCharacter(value)) faults[field] = "里面有半个字，显示不出来，请删掉重打。";
        }
    }

    /// <summary>Half of a surrogate pair cannot be stored: one database refuses it, the other would turn it into a question mark.</summary>
    private static bool HasHalfCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }

    /// <summary>Trimmed and normalised; call after <see cref="Faults"/> is empty.</summary>
    /// <exception cref="FormRejectedException">There are faults.</exception>
    public IntakeForm Checked(DateOnly today)
    {
        var faults = Faults(today);
        if (faults.Count > 0) throw new FormRejectedException(faults);
        _ = PhoneNumber.TryParse(Phone, out var phone, out _);
        return this with
        {
            Subject = Subject!.Trim(),
            Story = Story!.Trim().ReplaceLineEndings("\n"),
            OriginalItem = OriginalItem?.Trim(),
            OriginalWindow = OriginalWindow?.Trim(),
            ApplicantName = ApplicantName!.Trim(),
            Phone = phone,
            IdNumber = IdNumber?.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant(),
            NeededByReason = NeededByReason?.Trim(),
        };
    }
}
