using System.Text;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Intake;

/// <summary>问题受理单 — what the clerk typed, before and after checking. Field names are the page's.</summary>
public sealed record IntakeForm
{
    public string? Subject { get; init; }

    /// <summary>Optional: who, by what telephone and one sentence are enough to take a case on .</summary>
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

    /// <summary>代办人和委托书; blank when the applicant comes in person.</summary>
    public AgentForm Agent { get; init; } = new();

    /// <summary>陪同移交: the ordinary window walks over to the help window, which confirms 接到.</summary>
    public bool HandOver { get; init; }

    /// <summary>补录: the day it was really accepted; null = today.</summary>
    public DateOnly? AcceptedOn { get; init; }
    public string? BackdateReason { get; init; }

    /// <summary>What it is about: a matter, or the help window itself.</summary>
    public CaseAbout About { get; init; }

    /// <summary>The number of the case that a complaint about the window is about; may be blank.</summary>
    public string? RelatedNumber { get; init; }

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
        Text(nameof(Story), Story, null, CaseLimits.Story);
        Text(nameof(ApplicantName), ApplicantName, ApplicantKind is ApplicantKind.Enterprise ? "还没写单位名称。" : "还没写姓名。", CaseLimits.Name);
        Text(nameof(OriginalItem), OriginalItem, null, CaseLimits.ShortText);
        Text(nameof(OriginalWindow), OriginalWindow, null, CaseLimits.ShortText);
        Text(nameof(NeededByReason), NeededByReason, null, CaseLimits.ShortText);
        if (!PhoneNumber.TryParse(Phone, out _, out var phoneProblem)) faults[nameof(Phone)] = phoneProblem;
        if (!string.IsNullOrWhiteSpace(IdNumber) && IdNumbers.ProblemOf(IdNumber, ApplicantKind) is { } idProblem) faults[nameof(IdNumber)] = idProblem;
        if (VisitsBefore is < 0 or > 99) faults[nameof(VisitsBefore)] = "跑了几趟，写 0 到 99 的数。";
        if (NeededBy is { } needed && needed < today) faults[nameof(NeededBy)] = "这一天已经过了。请问清楚，写今天或以后的日子。";
        if (NeededBy is { } far && far > today.AddYears(2)) faults[nameof(NeededBy)] = "超过两年了，请再看看年份。";
        if (AcceptedOn > today) faults[nameof(AcceptedOn)] = "受理的日子不能在今天以后，写真正受理的那一天。";
        if (AcceptedOn < today && string.IsNullOrWhiteSpace(BackdateReason)) faults[nameof(BackdateReason)] = "补录要写原因，比如“断网一天”“下乡受理”。";
        else Text(nameof(BackdateReason), BackdateReason, null, CaseLimits.ShortText);
        if (!Enum.IsDefined(About)) faults[nameof(About)] = "还没选是办事，还是对窗口的意见。";
        if (!string.IsNullOrWhiteSpace(RelatedNumber) && CaseNumber.Normalise(RelatedNumber) is null) faults[nameof(RelatedNumber)] = "编号不对，请照着受理单或短信再核一遍。";
        foreach (var (field, words) in Agent.Faults(today)) faults[field] = words;
        if (!Enum.IsDefined(Difficulty)) faults[nameof(Difficulty)] = "还没选难易。";
        if (!Enum.IsDefined(ApplicantKind)) faults[nameof(ApplicantKind)] = "还没选谁来办。";
        if (!Enum.IsDefined(Channel)) faults[nameof(Channel)] = "没有这个渠道，请从列出的里面选。";
        if (CareFlags.Any(flag => !CareCaptions.ContainsKey(flag))) faults[nameof(CareFlags)] = "没有这一项照顾，请从列出的里面选。";
        return faults;

        void Text(string field, string? value, string? whenEmpty, int longest) => TypedText.Check(faults, field, value, whenEmpty, longest);
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
            Story = Story?.Trim().ReplaceLineEndings("\n") ?? "",
            OriginalItem = OriginalItem?.Trim(),
            OriginalWindow = OriginalWindow?.Trim(),
            ApplicantName = ApplicantName!.Trim(),
            Phone = phone,
            IdNumber = IdNumber?.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant(),
            NeededByReason = NeededByReason?.Trim(),
            AcceptedOn = AcceptedOn < today ? AcceptedOn : null,
            BackdateReason = AcceptedOn < today ? BackdateReason!.Trim() : null,
            RelatedNumber = CaseNumber.Normalise(RelatedNumber),
        };
    }
}
