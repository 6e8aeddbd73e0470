namespace BanBuCheng.Web.Pages.Intake;

/// <summary>The typed fields as a draft keeps them, and back.</summary>
internal static class DraftFields
{
    private static readonly (string Name, Func<IntakeFields, string?> Read, Action<IntakeFields, string> Write)[] Texts =
    [
        (nameof(IntakeFields.ApplicantKind), f => f.ApplicantKind, (f, v) => f.ApplicantKind = v),
        (nameof(IntakeFields.ApplicantName), f => f.ApplicantName, (f, v) => f.ApplicantName = v),
        (nameof(IntakeFields.Phone), f => f.Phone, (f, v) => f.Phone = v),
        (nameof(IntakeFields.IdNumber), f => f.IdNumber, (f, v) => f.IdNumber = v),
        (nameof(IntakeFields.Subject), f => f.Subject, (f, v) => f.Subject = v),
        (nameof(IntakeFields.Story), f => f.Story, (f, v) => f.Story = v),
        (nameof(IntakeFields.OriginalItem), f => f.OriginalItem, (f, v) => f.OriginalItem = v),
        (nameof(IntakeFields.OriginalWindow), f => f.OriginalWindow, (f, v) => f.OriginalWindow = v),
        (nameof(IntakeFields.VisitsBefore), f => f.VisitsBefore, (f, v) => f.VisitsBefore = v),
        (nameof(IntakeFields.Channel), f => f.Channel, (f, v) => f.Channel = v),
        (nameof(IntakeFields.NeededBy), f => f.NeededBy, (f, v) => f.NeededBy = v),
        (nameof(IntakeFields.NeededByReason), f => f.NeededByReason, (f, v) => f.NeededByReason = v),
        (nameof(IntakeFields.Difficulty), f => f.Difficulty, (f, v) => f.Difficulty = v),
        (nameof(IntakeFields.AgentName), f => f.AgentName, (f, v) => f.AgentName = v),
        (nameof(IntakeFields.AgentPhone), f => f.AgentPhone, (f, v) => f.AgentPhone = v),
        (nameof(IntakeFields.AgentRelation), f => f.AgentRelation, (f, v) => f.AgentRelation = v),
        (nameof(IntakeFields.AgentScope), f => f.AgentScope, (f, v) => f.AgentScope = v),
        (nameof(IntakeFields.AgentUntil), f => f.AgentUntil, (f, v) => f.AgentUntil = v),
        (nameof(IntakeFields.HandOver), f => f.HandOver, (f, v) => f.HandOver = v),
        (nameof(IntakeFields.AcceptedOn), f => f.AcceptedOn, (f, v) => f.AcceptedOn = v),
        (nameof(IntakeFields.BackdateReason), f => f.BackdateReason, (f, v) => f.BackdateReason = v),
        (nameof(IntakeFields.AboutWindow), f => f.AboutWindow, (f, v) => f.AboutWindow = v),
        (nameof(IntakeFields.RelatedNumber), f => f.RelatedNumber, (f, v) => f.RelatedNumber = v),
    ];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IntakeFields fields)
    {
        var kept = Texts.Where(t => t.Read(fields) is not null).ToDictionary(t => t.Name, t => (IReadOnlyList<string>)[t.Read(fields)!]);
        kept[nameof(fields.CareFlags)] = fields.CareFlags;
        return kept;
    }

    public static IntakeFields Into(IReadOnlyDictionary<string, IReadOnlyList<string>> kept)
    {
        var fields = new IntakeFields();
        foreach (var text in Texts)
        {
            if (kept.TryGetValue(text.Name, out var values) && values.Count > 0) text.Write(fields, values[0]);
        }

        if (kept.TryGetValue(nameof(fields.CareFlags), out var flags)) fields.CareFlags = [.. flags];
        return fields;
    }
}

/// <summary>草稿存到几点; its revision travels with the form.</summary>
internal sealed record DraftNote(int Revision, DateTimeOffset? At, string? Problem);
