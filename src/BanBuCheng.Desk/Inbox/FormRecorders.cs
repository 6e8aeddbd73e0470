using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// Writes rows of a room from a task's form: the form names it in <c>x-record</c>. It records what a person said; it never decides
/// what comes next.
/// </summary>
public interface IFormRecorder
{
    /// <summary>The word in <c>x-record</c>.</summary>
    string Name { get; }

    ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct);
}

/// <summary>Runs the recorders a form asks for.</summary>
public sealed class FormRecorders(IEnumerable<IFormRecorder> recorders)
{
    /// <summary>The words that a form may name; a test holds them against the recorders there are.</summary>
    public static IReadOnlySet<string> Names { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "Judgement", "Supplement", "Return", "Adoption", "Reply", "Solution", "Challenge", "Document", "Note", "Bottleneck", "LateReason", "Remainder", "Attendance", "BottleneckReview" };

    public async ValueTask RecordAsync(FormCheck form, ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        foreach (var (name, on) in (form.Root["x-record"] as JsonArray ?? []).Select(Read))
        {
            if (on is not null && !on.Contains(outcome)) continue;
            var recorder = recorders.FirstOrDefault(r => r.Name == name)
                ?? throw new InvalidOperationException($"Expected a recorder '{name}' named by the form, but there is none.");
            await recorder.RecordAsync(serviceCase, outcome, answer, ct);
        }
    }

    /// <summary>A recorder's name, or <c>{"name": …, "on": [outcomes]}</c> for one that records with some outcomes only.</summary>
    private static (string? Name, IReadOnlyList<string?>? On) Read(JsonNode? entry) => entry is JsonObject some
        ? (some["name"]?.GetValue<string>(), [.. some["on"]!.AsArray().Select(o => o?.GetValue<string>())])
        : (entry?.GetValue<string>(), null);
}
