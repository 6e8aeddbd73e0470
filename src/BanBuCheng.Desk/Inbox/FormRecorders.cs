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
        foreach (var name in wanted.EnumerateArray().Select(e => e.GetString()))
        {
            var recorder = recorders.FirstOrDefault(r => r.Name == name)
                ?? throw new InvalidOperationException($"Expected a recorder '{name}' named by the form, but there is none.");
            await recorder.RecordAsync(serviceCase, outcome, answer, ct);
        }
    }
}
