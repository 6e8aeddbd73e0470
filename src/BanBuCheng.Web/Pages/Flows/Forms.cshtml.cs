using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Web.Pages.Shared.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TaskForm = BanBuCheng.Web.Pages.Shared.Forms.TaskForm;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>看表单 — the forms of a flow's latest version as whoever has the task will see them. The designer saves by itself, so this is what was just written.</summary>
internal sealed class FormsModel(DeskDb db) : PageModel
{
    public string FlowName { get; private set; } = "";
    public string FlowId { get; private set; } = "";
    public IReadOnlyList<FormPreview> Forms { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken ct)
    {
        var row = await db.Set<FlowDefinitionRow>().AsNoTracking().FirstOrDefaultAsync(d => d.DefinitionId == definitionId && d.IsLatest, ct);
        if (row is null || FlowReader.Read(row.Document).Document is not { } document) return NotFound();
        (FlowName, FlowId) = (row.Name ?? definitionId, definitionId);
        var forms = new List<FormPreview>();
        foreach (var activity in document.Root.WithDescendants())
            if (activity.Json["form"]?["expression"] is { } expression) forms.Add(await OfAsync(activity, expression["type"]?.GetValue<string>(), expression["value"] as System.Text.Json.Nodes.JsonValue, ct));
        Forms = forms;
        return Page();
    }

    private async Task<FormPreview> OfAsync(ActivityModel activity, string? syntax, System.Text.Json.Nodes.JsonValue? value, CancellationToken ct)
    {
        if (syntax is not "Literal") return new FormPreview(activity.Caption, null, "这张表是算出来的，办的时候才有。");
        if (value is null || !value.TryGetValue<string>(out var schema) || string.IsNullOrWhiteSpace(schema)) return new FormPreview(activity.Caption, null, "没有表单，只选结果。");
        try
        {
            return new FormPreview(activity.Caption, FormSchema.Read(await FormChoices.FillAsync(db, schema, ct)), null);
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return new FormPreview(activity.Caption, null, $"这张表写得不对，读不懂：{damaged.Message}");
        }
    }
}

/// <param name="Note">Why there is no form to see.</param>
internal sealed record FormPreview(string Step, TaskForm? Form, string? Note);
