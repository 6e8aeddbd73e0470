using System.Text.Json.Serialization;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>What <c>calendar due --json</c> prints; the names are a contract.</summary>
public sealed record CalendarAnswer(
    [property: JsonPropertyName("from")] DateOnly From,
    [property: JsonPropertyName("days")] int Days,
    [property: JsonPropertyName("due")] DateOnly Due,
    [property: JsonPropertyName("provisional")] bool Provisional,
    [property: JsonPropertyName("derivation")] IReadOnlyList<CalendarAnswer.Line> Derivation)
{
    /// <summary>One day of the derivation.</summary>
    public sealed record Line(
        [property: JsonPropertyName("date")] DateOnly Date,
        [property: JsonPropertyName("counts")] bool Counts,
        [property: JsonPropertyName("reason")] string Reason);
}
