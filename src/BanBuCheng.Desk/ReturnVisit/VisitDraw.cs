using System.Buffers.Binary;
using System.Security.Cryptography;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.ReturnVisit;

/// <summary>
/// 抽样 — whether a case is visited: drawn from its own id, so nobody picks, and everybody can draw it again. Each case stands apart: it
/// is drawn with the rate of its outcome, whatever else was answered that day.
/// </summary>
public static class VisitDraw
{
    /// <param name="percent">0 to 100.</param>
    public static bool IsDrawn(CaseId caseId, int round, int percent)
    {
        Span<byte> text = stackalloc byte[20];
        caseId.Value.TryWriteBytes(text, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(text[16..], round);
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(text)) % 100 < percent;
    }

    public static int RateOf(DeadlinePolicy policy, CaseOutcome? outcome) => outcome switch
    {
        CaseOutcome.Resolved => policy.VisitResolved.Value,
        CaseOutcome.PartiallyResolved => policy.VisitPartly.Value,
        CaseOutcome.CannotBeDone or CaseOutcome.NotAccepted => policy.VisitRefused.Value,
        _ => policy.VisitOther.Value,
    };
}

/// <summary>The five words of the questionnaire. Read whole: “不满意” is not “满意” with something before it.</summary>
public static class VisitWords
{
    public static IReadOnlyDictionary<string, Satisfaction> Captions { get; } = new Dictionary<string, Satisfaction>
    {
        ["非常满意"] = Satisfaction.VerySatisfied,
        ["满意"] = Satisfaction.Satisfied,
        ["基本满意"] = Satisfaction.BasicallySatisfied,
        ["不满意"] = Satisfaction.Dissatisfied,
        ["非常不满意"] = Satisfaction.VeryDissatisfied,
    };

    /// <returns>Null for no answer: never praise by default.</returns>
    public static Satisfaction? Read(string? word) => word is not null && Captions.TryGetValue(word, out var said) ? said : null;
}
