using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 可选项 — the lists that a form takes from the hall itself (<c>"x-options": "units"</c> = the departments), and what
/// only some outcomes need.
/// </summary>
public static class FormChoices
{
    /// <summary>Fills the lists a form asks for; a form without any is given back as it stands.</summary>
    public static async ValueTask<string> FillAsync(DeskDb db, string schema, CancellationToken ct) => !AsksForLists(schema) ? schema
        : Fill(schema, [.. (await db.OfficeUnits.AsNoTracking().Where(u => u.Kind == UnitKind.Department && u.Active).OrderBy(u => u.Order).ThenBy(u => u.Code)
            .Select(u => new { u.Code, u.Name }).ToListAsync(ct)).Select(u => (u.Code, u.Name))]);

    /// <summary>The same with the departments at hand.</summary>
    internal static string Fill(string schema, IReadOnlyList<(string Code, string Name)> units)
    {
        if (!AsksForLists(schema) || JsonNode.Parse(schema) is not JsonObject root) return schema;
        foreach (var property in Properties(root))
        {
            var items = property["items"] as JsonObject;
            if (!IsUnits(property) && (items is null || !IsUnits(items))) continue;
            var target = property["type"] is JsonValue type && type.TryGetValue<string>(out var word) && word == "array"
                ? items ?? (JsonObject)(property["items"] = new JsonObject { ["type"] = "string" })
                : property;
            target.Remove("enum");
            target["oneOf"] = new JsonArray([.. units.Select(u => (JsonNode)new JsonObject { ["const"] = u.Code, ["title"] = u.Name })]);
        }

        return root.ToJsonString();
    }

    /// <summary>
    /// What this outcome needs and the answer does not have (<c>"x-required-for": {"text": ["办成了"]}</c>): field → sentence.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> MissingFor(JsonObject form, string outcome, JsonObject answer)
    {
        var missing = new Dictionary<string, string>();
        if (form["x-required-for"] is not JsonObject rules) return missing;
        foreach (var (field, outcomes) in rules)
        {
            if (answer.ContainsKey(field) || outcomes is not JsonArray list || !list.Any(o => o?.GetValue<string>() == outcome)) continue;
            var title = form["properties"]?[field]?["title"]?.GetValue<string>() ?? field;
            missing[field] = $"选“{outcome}”，要写“{title}”。";
        }

        return missing;
    }

    private static bool AsksForLists(string schema) => schema.Contains("x-options", StringComparison.Ordinal);

    private static bool IsUnits(JsonObject schema) => schema["x-options"] is JsonValue wanted && wanted.TryGetValue<string>(out var list) && list == "units";

    private static IEnumerable<JsonObject> Properties(JsonObject root) =>
        root["properties"] is JsonObject properties ? [.. properties.Select(p => p.Value).OfType<JsonObject>()] : [];
}
