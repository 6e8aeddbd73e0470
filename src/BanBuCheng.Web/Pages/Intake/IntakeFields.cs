using System.Globalization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>What was typed into the blank form, letter by letter: kept as text, so that nothing is lost whatever is wrong with it.</summary>
public sealed class IntakeFields
{
    public string? ApplicantKind { get; set; } = nameof(Desk.Cases.ApplicantKind.Person);
    public string? ApplicantName { get; set; }
    public string? Phone { get; set; }
    public string? IdNumber { get; set; }
    public List<string> CareFlags { get; set; } = [];
    public string? Subject { get; set; }
    public string? Story { get; set; }
    public string? OriginalItem { get; set; }
    public string? OriginalWindow { get; set; }
    public string? VisitsBefore { get; set; }
    public string? Channel { get; set; } = nameof(Desk.Cases.Channel.Window);
    public string? NeededBy { get; set; }
    public string? NeededByReason { get; set; }
    public string? Difficulty { get; set; }
    public string? AgentName { get; set; }
    public string? AgentPhone { get; set; }
    public string? AgentRelation { get; set; }
    public string? AgentScope { get; set; }
    public string? AgentUntil { get; set; }

    /// <summary>"true" when the box was ticked.</summary>
    public string? HandOver { get; set; }
    public string? AcceptedOn { get; set; }
    public string? BackdateReason { get; set; }

    /// <summary>"true" when the help window itself is what it is about.</summary>
    public string? AboutWindow { get; set; }
    public string? RelatedNumber { get; set; }

    /// <summary>The form as the desk takes it, and everything that is wrong with it, field by field.</summary>
    internal (IntakeForm Form, IReadOnlyDictionary<string, string> Faults) Read(DateOnly today)
    {
        var own = new Dictionary<string, string>();
        var form = new IntakeForm
        {
            Subject = Subject,
            Story = Story,
            OriginalItem = OriginalItem,
            OriginalWindow = OriginalWindow,
            ApplicantName = ApplicantName,
            Phone = Phone,
            IdNumber = IdNumber,
            CareFlags = [.. CareFlags.Distinct()],
            NeededByReason = NeededByReason,
            NeededBy = ReadDate(today, own),
            VisitsBefore = ReadVisits(own),
            ApplicantKind = Choice(ApplicantKind, (ApplicantKind)(-1)),
            Channel = Choice(Channel, (Channel)(-1)),
            Difficulty = Choice(Difficulty, (Difficulty)(-1)),
            Agent = new AgentForm { AgentName = AgentName, AgentPhone = AgentPhone, AgentRelation = AgentRelation, AgentScope = AgentScope, AgentUntil = Day(AgentUntil, nameof(AgentUntil), today, own) },
            HandOver = HandOver == "true",
            AcceptedOn = Day(AcceptedOn, nameof(AcceptedOn), today, own),
            BackdateReason = BackdateReason,
            About = AboutWindow == "true" ? CaseAbout.Window : CaseAbout.Matter,
            RelatedNumber = RelatedNumber,
        };
        foreach (var (field, words) in form.Faults(today)) own.TryAdd(field, words);
        return (form, own);
    }

    /// <summary>The difficulty that was picked; null while none was.</summary>
    internal Difficulty? Judged => Enum.IsDefined(Choice(Difficulty, (Difficulty)(-1))) ? Choice(Difficulty, (Difficulty)(-1)) : null;

    /// <summary>The day it is needed, as far as it can be read.</summary>
    internal DateOnly? Needed(DateOnly today) => ReadDate(today, []);

    private DateOnly? ReadDate(DateOnly today, Dictionary<string, string> faults) => Day(NeededBy, nameof(NeededBy), today, faults);

    private static DateOnly? Day(string? typed, string field, DateOnly today, Dictionary<string, string> faults)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (typed.Length > 40)
        {
            faults[field] = "没看懂这个日期。可以写“10月20日”“10.20”“下周三”。";
            return null;
        }

        if (SpokenDate.TryParse(WithoutWeekday(typed), today, out var day, out var problem)) return day;
        faults[field] = problem;
        return null;
    }

    /// <summary>What the page itself answers, “7月7日（周四）”, is read back too.</summary>
    private static string WithoutWeekday(string typed)
    {
        var bracket = typed.IndexOfAny(['（', '(']);
        return bracket > 0 ? typed[..bracket] : typed;
    }

    private int? ReadVisits(Dictionary<string, string> faults)
    {
        if (string.IsNullOrWhiteSpace(VisitsBefore)) return null;
        var text = VisitsBefore.Trim().Normalize(System.Text.NormalizationForm.FormKC).TrimEnd('趟', '次');
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var visits)) return visits;
        faults[nameof(VisitsBefore)] = "跑了几趟，写0到99的数。";
        return null;
    }

    // Only names count: "1" is no channel anybody picked.
    private static T Choice<T>(string? name, T none) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(name) ? Enum.Parse<T>(name!) : none;
}
