using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>
/// All activity types that anything stored uses or anybody may draw with. Studio asks for it anew after every save, so the finished answer is kept
/// until something changes that is in it: what flows look like from outside, which types they use, the directory of the hall. A box that was
/// moved or given another text changes none of these.
/// </summary>
internal sealed class Palette(ActivityCatalogue catalogue, FlowFacts facts)
{
    private static readonly JsonSerializerOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private (string Key, ReadyAnswer Answer)? _kept;

    public async Task<ReadyAnswer> ReadyAsync(DeskDb db, CancellationToken ct)
    {
        var heads = await FlowHead.All(db).ToListAsync(ct);
        var choices = await DeskChoices.ReadAsync(db, ct);
        var of = await facts.OfAsync(db, heads, ct);
        var key = KeyOf(heads, of, choices);
        if (_kept is { } kept && kept.Key == key) return kept.Answer;
        var answer = new ReadyAnswer(JsonSerializer.SerializeToUtf8Bytes(Answers.List(Items(heads, of, choices)), Layout));
        _kept = (key, answer);
        return answer;
    }

    private List<JsonObject> Items(List<FlowHead> heads, Func<FlowHead, FlowFact> of, DeskChoices choices)
    {
        var items = new Dictionary<(string, int), JsonObject>();
        foreach (var activity in catalogue.All) items[(activity.Type, activity.Version)] = PaletteItem.Of(activity, choices);
        items[("Elsa.Workflow", 1)] = PaletteItem.Workflow();

        var used = new Dictionary<(string Type, int Version), SortedSet<string>>();
        foreach (var use in heads.SelectMany(h => of(h).Uses))
        {
            if (!used.TryGetValue((use.Type, use.Version), out var ports)) used[(use.Type, use.Version)] = ports = new SortedSet<string>(StringComparer.Ordinal);
            ports.UnionWith(use.Ports);
        }

        // A name that two flows share would break Studio's registry: the one in force has it.
        foreach (var versions in heads.Where(h => of(h).Part is not null).GroupBy(h => h.DefinitionId).OrderBy(g => !g.Any(v => v.IsPublished)).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            var published = versions.FirstOrDefault(v => v.IsPublished);
            var latest = versions.MaxBy(v => v.Version);
            foreach (var version in versions.OrderByDescending(v => v.IsPublished))
            {
                var place = (PaletteItem.PartType(version.Name ?? version.DefinitionId), version.Version);
                if (!items.ContainsKey(place)) items[place] = PaletteItem.OfPart(version, of(version), used.GetValueOrDefault(place) ?? [], published ?? latest);
            }
        }

        foreach (var ((type, version), ports) in used)
            if (type.Length > 0 && !items.ContainsKey((type, version))) items[(type, version)] = PaletteItem.OfUnknown(type, version, ports);
        return [.. items.Values];
    }

    private static string KeyOf(List<FlowHead> heads, Func<FlowHead, FlowFact> of, DeskChoices choices)
    {
        var text = new StringBuilder();
        foreach (var part in heads.Where(h => of(h).Part is not null)) text.Append(part.VersionId).Append('|').Append(part.Name).Append(part.IsPublished).Append(part.IsLatest).Append(of(part).Face);
        foreach (var face in heads.Select(of).Where(f => f.Part is null).Select(f => f.Face).Distinct().Order(StringComparer.Ordinal)) text.Append(face);
        foreach (var mark in choices.Marks) text.Append(mark).Append('|');
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
