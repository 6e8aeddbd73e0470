using System.Collections.Concurrent;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>What lists and palette need of a document, read once for each text.</summary>
/// <param name="Uses">Activity types in it, with the ports that lines leave them by.</param>
internal sealed record FlowFact(string? Description, string? ToolVersion, bool IsReadonly, string? Category, IReadOnlyList<UsedActivity> Uses, PartFace? Part)
{
    /// <summary>Tells apart what the palette shows of it: types and ports used; for a part also how it looks from outside.</summary>
    public string Face { get; } = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { Uses, Part, About = Part is null ? null : $"{Category}|{Description}" })));
}

internal sealed record UsedActivity(string Type, int Version, bool IsPart, IReadOnlyList<string> Ports);

/// <summary>How a flow looks from outside when it is used as an activity.</summary>
internal sealed record PartFace(IReadOnlyList<PartSlot> Inputs, IReadOnlyList<PartSlot> Outputs, IReadOnlyList<string> Outcomes, bool EndsByItself);

internal sealed record PartSlot(string Name, string TypeName, string? Caption, string? Hint, string? UiHint);

/// <summary>Remembers <see cref="FlowFact"/>s by the text's hash; a text that changed is another one.</summary>
internal sealed class FlowFacts
{
    private const int MaxKept = 5_000, Together = 50;
    private readonly ConcurrentDictionary<string, FlowFact> _byHash = new(StringComparer.Ordinal);

    public async Task<Func<FlowHead, FlowFact>> OfAsync(DeskDb db, IReadOnlyCollection<FlowHead> heads, CancellationToken ct)
    {
        if (_byHash.Count > MaxKept) _byHash.Clear();
        var unknown = heads.Where(h => !_byHash.ContainsKey(h.Hash)).ToList();
        foreach (var some in unknown.Chunk(Together))
        {
            var ids = some.Select(h => h.VersionId).ToList();
            foreach (var row in await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => ids.Contains(d.VersionId)).Select(d => new { d.Hash, d.Document }).ToListAsync(ct))
                _byHash[row.Hash] = Read(row.Document);
        }

        return head => _byHash.TryGetValue(head.Hash, out var fact) ? fact : Nothing;
    }

    private static readonly FlowFact Nothing = new(null, null, false, null, [], null);

    private static FlowFact Read(string text)
    {
        if (FlowReader.Read(text).Document is not { } document) return Nothing;
        var uses = new Dictionary<(string, int), (bool IsPart, HashSet<string> Ports)>();
        var endsByItself = true;
        foreach (var activity in document.Root.WithDescendants())
        {
            endsByItself &= activity.Type != "Elsa.Complete";
            var key = (activity.Type, activity.Version);
            if (!uses.TryGetValue(key, out var use)) uses[key] = use = (activity.WorkflowDefinitionId is not null, new HashSet<string>(StringComparer.Ordinal));
            foreach (var child in activity.Children)
                if (!uses.ContainsKey((child.Activity.Type, child.Activity.Version)))
                    uses[(child.Activity.Type, child.Activity.Version)] = (child.Activity.WorkflowDefinitionId is not null, new HashSet<string>(StringComparer.Ordinal));
            var byId = activity.Children.GroupBy(c => c.Activity.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Activity, StringComparer.Ordinal);
            foreach (var connection in activity.Connections)
                if (connection.Port is { Length: > 0 } port && byId.TryGetValue(connection.Source, out var source)) uses[(source.Type, source.Version)].Ports.Add(port);
        }

        var part = document.Options.UsableAsActivity ? new PartFace(Slots(document, "inputs"), Slots(document, "outputs"), document.Outcomes, endsByItself) : null;
        return new FlowFact(document.Description, Text(document, "toolVersion"), document.Json["isReadonly"]?.GetValueKind() is System.Text.Json.JsonValueKind.True, document.Options.ActivityCategory,
            [.. uses.Select(u => new UsedActivity(u.Key.Item1, u.Key.Item2, u.Value.IsPart, [.. u.Value.Ports]))], part);
    }

    private static List<PartSlot> Slots(FlowDocument document, string list) =>
        document.Json[list] is System.Text.Json.Nodes.JsonArray slots
            ? [.. slots.OfType<System.Text.Json.Nodes.JsonObject>().Where(s => s.Text("name") is not null)
                .Select(s => new PartSlot(s.Text("name")!, s.Text("type") ?? "Object", s.Text("displayName"), s.Text("description"), s.Text("uiHint")))]
            : [];

    private static string? Text(FlowDocument document, string name) => document.Json.Text(name);
}
