using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>What an instance remembers while nothing runs: its active executions and what they hold. Never its history.</summary>
internal sealed class InstanceState
{
    private const int Format = 1;
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Execution? Root { get; set; }
    public int LastNumber { get; set; }
    public Dictionary<string, object?> Inputs { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How often boxes that count rounds have run, by position.</summary>
    public SortedDictionary<int, int> Rounds { get; } = [];

    /// <summary>Versions taken for sub-flow references that name none.</summary>
    public Dictionary<string, string> Pinned { get; } = new(StringComparer.Ordinal);

    /// <summary>Which wait of the parent this child's end wakes: its name, and the parent's execution.</summary>
    public string? ParentWaitName { get; set; }
    public int ParentExecution { get; set; }

    public IEnumerable<Execution> Executions()
    {
        if (Root is null) yield break;
        var open = new Stack<Execution>([Root]);
        while (open.TryPop(out var execution))
        {
            yield return execution;
            for (var i = execution.Children.Count - 1; i >= 0; i--) open.Push(execution.Children[i]);
        }
    }

    public Execution? Find(int number) => Executions().FirstOrDefault(e => e.Number == number);

    public Execution? FindByWait(Guid waitId) => Executions().FirstOrDefault(e => e.Waits?.Contains(waitId) == true);

    // ── writing ────────────────────────────────────────────────────────────

    /// <param name="hasEnded">Nothing is forgotten any more: variables without a storage driver too have the value they had at the end.</param>
    public string Write(CompiledFlow flow, bool hasEnded = false)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Format);
            json.WriteNumber("n", LastNumber);
            var kept = flow.Document.Inputs.Where(i => i.IsPersisted && Inputs.ContainsKey(i.Name)).ToList();
            if (kept.Count > 0)
            {
                json.WriteStartObject("i");
                foreach (var input in kept) Value(json, input.Name, Inputs[input.Name]);
                json.WriteEndObject();
            }
            if (Pinned.Count > 0)
            {
                json.WriteStartObject("p");
                foreach (var (definition, version) in Pinned) json.WriteString(definition, version);
                json.WriteEndObject();
            }
            if (Rounds.Count > 0)
            {
                json.WriteStartArray("r");
                foreach (var (position, count) in Rounds)
                {
                    json.WriteNumberValue(position);
                    json.WriteNumberValue(count);
                }
                json.WriteEndArray();
            }
            if (ParentWaitName is not null)
            {
                json.WriteString("q", ParentWaitName);
                json.WriteNumber("Q", ParentExecution);
            }
            json.WriteStartArray("x");
            foreach (var execution in Executions().OrderBy(e => e.Number)) Write(json, execution, hasEnded);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Execution e, bool hasEnded)
    {
        json.WriteStartArray();
        json.WriteNumberValue(e.Number);
        json.WriteNumberValue(e.Node.Position);
        json.WriteNumberValue(e.Owner?.Number ?? 0);
        json.WriteStartObject();
        if (e.Status == ExecutionStatus.Faulted) json.WriteNumber("s", 1);
        if (e.EnteredBackward) json.WriteNumber("b", 1);
        if (e.IsBreaking) json.WriteNumber("k", 1);
        if (e.Index != 0) json.WriteNumber("j", e.Index);
        if (e.Entry >= 0) json.WriteNumber("e", e.Entry);
        if (e.Values is { } values)
        {
            var isOpen = false;
            for (var i = 0; i < values.Length; i++)
            {
                var slot = e.Node.Variables[i];
                if (!slot.IsPersisted && !hasEnded || Equals(values[i], slot.Default)) continue;
                if (!isOpen) json.WriteStartObject("v");
                isOpen = true;
                Value(json, slot.Id, values[i]);
            }
            if (isOpen) json.WriteEndObject();
        }
        if (e.Dynamic is { Count: > 0 } dynamic)
        {
            json.WriteStartObject("d");
            foreach (var (name, value) in dynamic) Value(json, name, value);
            json.WriteEndObject();
        }
        if (e.Arrivals is { } arrivals && Array.Exists(arrivals, a => a != default))
        {
            json.WriteStartArray("a");
            for (var i = 0; i < arrivals.Length; i++)
            {
                if (arrivals[i] == default) continue;
                json.WriteNumberValue(i);
                json.WriteNumberValue(arrivals[i].D);
                json.WriteNumberValue(arrivals[i].Followed ? 1 : 0);
            }
            json.WriteEndArray();
        }
        if (e.Tokens is { Count: > 0 } tokens)
        {
            json.WriteStartArray("T");
            foreach (var token in tokens)
            {
                json.WriteNumberValue(token.Connection);
                json.WriteNumberValue((token.IsConsumed ? 1 : 0) + (token.IsBlocked ? 2 : 0));
            }
            json.WriteEndArray();
        }
        if (e.Waits is { Count: > 0 } waits)
        {
            json.WriteStartArray("w");
            foreach (var wait in waits) json.WriteStringValue(Convert.ToBase64String(wait.ToByteArray())[..22]);
            json.WriteEndArray();
        }
        if (e.State is { Count: > 0 } state)
        {
            json.WritePropertyName("z");
            state.WriteTo(json);
        }
        if (e.Outputs is { Count: > 0 } outputs)
        {
            json.WriteStartObject("o");
            foreach (var (name, value) in outputs) Value(json, name, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>A value that cannot be written (it contains itself) is dropped, as in Elsa.</summary>
    private static void Value(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); return;
            case string text: json.WriteString(name, text); return;
            case int number: json.WriteNumber(name, number); return;
            case long number: json.WriteNumber(name, number); return;
            case bool flag: json.WriteBoolean(name, flag); return;
        }
        JsonNode? node;
        try
        {
            node = Plain.ToJson(value);
        }
        catch (Exception unwritable) when (unwritable is InvalidOperationException or NotSupportedException or JsonException)
        {
            return;
        }
        json.WritePropertyName(name);
        if (node is null) json.WriteNullValue();
        else node.WriteTo(json);
    }

    // ── reading ────────────────────────────────────────────────────────────

    /// <summary>The pins alone: they are needed to find the compiled flow before the rest can be understood.</summary>
    public static Dictionary<string, string>? ReadPins(string text)
    {
        if (!text.Contains("\"p\":", StringComparison.Ordinal)) return null;
        using var document = JsonDocument.Parse(text, Deep);
        if (!document.RootElement.TryGetProperty("p", out var pins)) return null;
        return pins.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }

    public static InstanceState Read(string text, CompiledFlow flow)
    {
        var state = new InstanceState();
        using var document = JsonDocument.Parse(text, Deep);
        var root = document.RootElement;
        if (!root.TryGetProperty("v", out var format)) return state;
        if (format.GetInt32() != Format) throw new InvalidOperationException($"Expected state of format {Format}, but it has format {format.GetInt32()}.");
        state.LastNumber = root.GetProperty("n").GetInt32();
        if (root.TryGetProperty("i", out var inputs))
            foreach (var input in inputs.EnumerateObject())
            {
                var declared = flow.Document.Inputs.FirstOrDefault(i => i.Name == input.Name);
                state.Inputs[input.Name] = Conversion.To(FromElement(input.Value), Expressions.ValueType.Of(declared?.TypeName));
            }
        if (root.TryGetProperty("p", out var pins))
            foreach (var pin in pins.EnumerateObject()) state.Pinned[pin.Name] = pin.Value.GetString()!;
        if (root.TryGetProperty("r", out var rounds))
            for (var i = 0; i + 1 < rounds.GetArrayLength(); i += 2) state.Rounds[rounds[i].GetInt32()] = rounds[i + 1].GetInt32();
        if (root.TryGetProperty("q", out var parentWait))
        {
            state.ParentWaitName = parentWait.GetString();
            state.ParentExecution = root.GetProperty("Q").GetInt32();
        }
        var byNumber = new Dictionary<int, Execution>();
        foreach (var row in root.GetProperty("x").EnumerateArray())
        {
            var execution = Read(row, flow, byNumber);
            byNumber[execution.Number] = execution;
            if (execution.Owner is null) state.Root = execution;
            else execution.Owner.Children.Add(execution);
        }
        return state;
    }

    private static Execution Read(JsonElement row, CompiledFlow flow, Dictionary<int, Execution> byNumber)
    {
        var position = row[1].GetInt32();
        if ((uint)position >= (uint)flow.Nodes.Length)
            throw new InvalidOperationException($"Expected node {position} in version '{flow.VersionId}', but it has only {flow.Nodes.Length}.");
        var owner = row[2].GetInt32();
        var e = new Execution(row[0].GetInt32(), flow.Nodes[position], owner == 0 ? null : byNumber[owner]);
        foreach (var part in row[3].EnumerateObject())
            switch (part.Name)
            {
                case "s": e.Status = ExecutionStatus.Faulted; break;
                case "b": e.EnteredBackward = true; break;
                case "k": e.IsBreaking = true; break;
                case "j": e.Index = part.Value.GetInt32(); break;
                case "e": e.Entry = part.Value.GetInt32(); break;
                case "v":
                    var cells = e.ValueCells();
                    foreach (var value in part.Value.EnumerateObject())
                    {
                        var at = Array.FindIndex(e.Node.Variables, v => v.Id == value.Name);
                        if (at >= 0) cells[at] = Conversion.To(FromElement(value.Value), e.Node.Variables[at].Type);
                    }
                    break;
                case "d":
                    foreach (var value in part.Value.EnumerateObject()) e.SetDynamic(value.Name, FromElement(value.Value));
                    break;
                case "a":
                    e.Arrivals = new Arrival[e.Node.Flowchart!.Connections.Length];
                    for (var i = 0; i + 2 < part.Value.GetArrayLength(); i += 3)
                        e.Arrivals[part.Value[i].GetInt32()] = new(part.Value[i + 1].GetInt32(), part.Value[i + 2].GetInt32() == 1);
                    break;
                case "T":
                    e.Tokens = [];
                    for (var i = 0; i + 1 < part.Value.GetArrayLength(); i += 2)
                        e.Tokens.Add(new(part.Value[i].GetInt32(), (part.Value[i + 1].GetInt32() & 1) != 0, (part.Value[i + 1].GetInt32() & 2) != 0));
                    break;
                case "w":
                    e.Waits = [.. part.Value.EnumerateArray().Select(w => new Guid(Convert.FromBase64String(w.GetString() + "==")))];
                    break;
                case "z": e.State = JsonObject.Create(part.Value.Clone()); break;
                case "o":
                    e.Outputs = new(StringComparer.Ordinal);
                    foreach (var value in part.Value.EnumerateObject()) e.Outputs[value.Name] = FromElement(value.Value);
                    break;
            }
        return e;
    }

    private static object? FromElement(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetInt32(out var small) => small,
        JsonValueKind.Number when value.TryGetInt64(out var large) => large,
        JsonValueKind.Number => value.GetDouble(),
        _ => Plain.FromJson(JsonNode.Parse(value.GetRawText())),
    };
}
