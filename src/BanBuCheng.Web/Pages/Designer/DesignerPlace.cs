namespace BanBuCheng.Web.Pages.Designer;

/// <summary>Which of Studio's four elements an address shows. The addresses are Studio's own, so its links and ours mean the same.</summary>
/// <param name="Element">Name of the custom element.</param>
/// <param name="Title">Of the window.</param>
internal sealed record DesignerPlace(string Element, string Title, string? DefinitionId = null, string? InstanceId = null)
{
    /// <summary>Null: no such place.</summary>
    public static DesignerPlace? Of(string? path)
    {
        string[] parts = [.. (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)];
        return parts switch
        {
            [] or ["workflows"] or ["workflows", "definitions"] => new("elsa-workflow-definition-list", "流程设计器"),
            ["workflows", "definitions", var id, "edit"] => new("elsa-workflow-definition-editor", "画流程", DefinitionId: id),
            ["workflows", "instances"] => new("elsa-workflow-instance-list", "流程实例"),
            ["workflows", "instances", var id, "view"] => new("elsa-workflow-instance-viewer", "看一个流程实例", InstanceId: id),
            _ => null,
        };
    }
}
