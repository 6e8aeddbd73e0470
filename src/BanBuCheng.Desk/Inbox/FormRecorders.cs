using System.Text.Json;
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
    public async ValueTask RecordAsync(string schema, ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(schema);
        if (!document.RootElement.TryGetProperty("x-record", out var wanted) || wanted.ValueKind is not JsonValueKind.Array) return;
        foreach (var (name, on) in wanted.EnumerateArray().Select(Read))
        {
            if (on is not null && !on.Contains(outcome)) continue;
            var recorder = recorders.FirstOrDefault(r => r.Name == name)
                ?? throw new InvalidOperationException($"Expected a recorder '{name}' named by the form, but there is none.");
            await recorder.RecordAsync(serviceCase, outcome, answer, ct);
        }
    }

    /// <summary>A recorder's name, or <c>{"name": …, "on": [outcomes]}</c> for one that records with some outcomes only.</summary>
    private static (string? Name, IReadOnlyList<string?>? On) Read(JsonElement entry) => entry.ValueKind is JsonValueKind.Object
        ? (entry.GetProperty("name").GetString(), [.. entry.GetProperty("on").EnumerateArray().Select(o => o.GetString())])
        : (entry.GetString(), null);
}
