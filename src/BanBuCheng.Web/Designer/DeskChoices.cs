using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>岗位、单位、人员 — what the drop-downs of the designer know of this hall.</summary>
internal sealed record DeskChoices(IReadOnlyList<(string Code, string Name)> Units, IReadOnlyList<(string Login, string Name, string Unit)> People, IReadOnlySet<string> FilledRoles)
{
    public static async Task<DeskChoices> ReadAsync(DeskDb db, CancellationToken ct)
    {
        var units = await db.OfficeUnits.AsNoTracking().Where(u => u.Active).OrderBy(u => u.Order).ThenBy(u => u.Code).Select(u => new { u.Code, u.Name }).ToListAsync(ct);
        var people = await db.Staff.AsNoTracking().Where(s => s.Active).OrderBy(s => s.UnitCode).ThenBy(s => s.Name).Select(s => new { s.Login, s.Name, s.UnitCode, s.Roles }).ToListAsync(ct);
        var names = units.ToDictionary(u => u.Code, u => u.Name, StringComparer.Ordinal);
        return new DeskChoices(
            [.. units.Select(u => (u.Code, u.Name))], [.. people.Select(p => (p.Login, p.Name, names.GetValueOrDefault(p.UnitCode, p.UnitCode)))],
            people.SelectMany(p => p.Roles).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Everything that tells this directory from another, for the palette's key.</summary>
    public IEnumerable<string> Marks => [.. Units.Select(u => u.Code + u.Name), .. People.Select(p => p.Login + p.Name + p.Unit), .. FilledRoles.Order(StringComparer.Ordinal)];

    /// <summary>Studio's editor and its list for an input of the desk; null where the descriptor says all.</summary>
    public (string Hint, JsonObject Specification)? For(string activity, string input) => (activity, input) switch
    {
        ("BanBuCheng.HumanTask", "AssignTo") => ("dropdown", Select(Assignees())),
        ("BanBuCheng.DepartmentTasks", "Lead") => ("dropdown", Select(Units.Select(u => (u.Name, u.Code)))),
        ("BanBuCheng.DepartmentTasks", "Assisting") => ("checklist", new JsonObject
        {
            ["checklist"] = new JsonObject
            {
                ["checkList"] = new JsonObject
                {
                    ["items"] = new JsonArray([.. Units.Select(u => new JsonObject { ["text"] = u.Name, ["value"] = u.Code, ["isChecked"] = false })]), ["isFlagsEnum"] = false,
                },
            },
        }),
        ("BanBuCheng.ReturnVisit", "Sample") => ("dropdown", Select([("每件都访", "All")])),
        ("BanBuCheng.HumanTask" or "BanBuCheng.DepartmentTasks", "Form") or ("BanBuCheng.SendSms", "Parameters") => ("code-editor", Code("json")),
        ("Elsa.RunJavaScript", "Script") => ("code-editor", Code("javascript")),
        // A part leaves by one of the outcomes that its own flow names.
        ("Elsa.Complete", "Outcomes") => ("outcome-picker", []),
        _ => null,
    };

    public static JsonObject Select(IEnumerable<(string Text, string Value)> items) => new()
    {
        ["dropdown"] = new JsonObject
        {
            ["selectList"] = new JsonObject
            {
                ["items"] = new JsonArray([.. items.Select(i => new JsonObject { ["text"] = i.Text, ["value"] = i.Value })]), ["isFlagsEnum"] = false, ["sortItems"] = false,
            },
        },
    };

    /// <summary>Studio sorts by the text, whatever it is told; blanks that nobody sees put posts with somebody before the others, those before units and people.</summary>
    private IEnumerable<(string Text, string Value)> Assignees() =>
    [
        .. Roles.Captions.Select(r => FilledRoles.Contains(r.Key) ? ($"   岗位：{r.Value}", $"role:{r.Key}") : ($"  岗位：{r.Value}（现在没有人）", $"role:{r.Key}")),
        .. Units.Select(u => ($" 单位：{u.Name}", $"unit:{u.Code}")),
        .. People.Select(p => ($"人员：{p.Name}（{p.Unit}）", $"person:{p.Login}")),
    ];

    /// <summary>Inside these specifications Studio reads enumerations only as numbers.</summary>
    private static JsonObject Code(string language) => new() { ["code-editor"] = new JsonObject { ["language"] = language, ["editorHeight"] = 0, ["singleLineMode"] = false } };
}
