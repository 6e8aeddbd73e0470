using System.Text.Json.Serialization;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>What <c>calendar import --json</c> prints; the names are a contract.</summary>
public sealed record NoticeAnswer(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("year")] int Year,
    [property: JsonPropertyName("holidays")] IReadOnlyList<DateOnly> Holidays,
    [property: JsonPropertyName("makeupWorkdays")] IReadOnlyList<DateOnly> MakeUpWorkdays,
    [property: JsonPropertyName("cancelledMakeupWorkdays")] IReadOnlyList<DateOnly> CancelledMakeUpWorkdays,
    [property: JsonPropertyName("warnings")] IReadOnlyList<string> Warnings);
