using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 可选项 — the lists that a form takes from the hall itself (<c>"x-options": "units"</c> = the departments), and the same schema in the
/// words that the validator knows.
/// </summary>
public static class FormChoices
{
    /// <summary>Fills the lists a form asks for; a form without any is given back as it stands.</summary>
    public static async ValueTask<string> FillAsync(DeskDb db, string schema, CancellationToken ct)
    {
        if (!schema.Contains("x-options", StringComparison.Ordinal) || JsonNode.Parse(schema) is not JsonObject root) return schema;
        var units = await db.OfficeUnits.AsNoTracking().Where(u => u.Kind == UnitKind.Department && u.Active).OrderBy(u => u.Order).ThenBy(u => u.Code)
            .Select(u => new { u.Code, u.Name }).ToListAsync(ct);
        foreach (var property in Properties(root))
        {
            if (property["x-options"] is not JsonValue wanted || !wanted.TryGetValue<string>(out var list) || list != "units") continue;
            var target = property["type"] is JsonValue type && type.TryGetValue<string>(out var word) && word == "array"
                ? property["items"] as JsonObject ?? (JsonObject)(property["items"] = new JsonObject { ["type"] = "string" })
                : property;
            target.Remove("enum");
            target["oneOf"] = new JsonArray([.. units.Select(u => (JsonNode)new JsonObject { ["const"] = u.Code, ["title"] = u.Name })]);
        }

        return root.ToJsonString();
    }

    /// <summary>
    /// The validator does not know <c>const</c>, so a choice of constants becomes the <c>enum</c> that means the same.
    /// </summary>
    internal static string ForValidation(string schema)
    {
        if (!schema.Contains("oneOf", StringComparison.Ordinal) || JsonNode.Parse(schema) is not JsonObject root) return schema;
        foreach (var property in Properties(root))
        {
            ConstantsToEnum(property);
            if (property["items"] is JsonObject items) ConstantsToEnum(items);
        }

        return root.ToJsonString();
    }

    private static void ConstantsToEnum(JsonObject schema)
    {
        if (schema["oneOf"] is not JsonArray { Count: > 0 } choices || !choices.All(c => c is JsonObject o && o.ContainsKey("const"))) return;
        schema["enum"] = new JsonArray([.. choices.Select(c => c!["const"]?.DeepClone())]);
        schema.Remove("oneOf");
    }

    private static IEnumerable<JsonObject> Properties(JsonObject root) =>
        root["properties"] is JsonObject properties ? [.. properties.Select(p => p.Value).OfType<JsonObject>()] : [];
}
