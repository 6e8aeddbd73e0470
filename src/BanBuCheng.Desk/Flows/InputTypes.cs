using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Flows;

/// <summary>
/// The type names of inputs. Studio leaves them out (<c>"typeName": null</c>) of every input that is first filled in there and expects the server to know them; an input
/// without one is none, to Elsa and to our engine, so what was typed would be lost without a word.
/// </summary>
internal static class InputTypes
{
    /// <summary>Of a part the inputs of its own flow decide, whatever the box says.</summary>
    private const string Any = "Object";

    public static void Fill(FlowDocument document, ActivityCatalogue catalogue)
    {
        foreach (var activity in document.Root.WithDescendants())
        {
            var isKnown = catalogue.TryGet(activity.Type, out var descriptor);
            foreach (var (name, value) in activity.Json)
            {
                if (value is not JsonObject wrapped || wrapped["expression"] is not JsonObject || wrapped["typeName"] is not null) continue;
                var type = isKnown ? descriptor!.Inputs.FirstOrDefault(i => i.IsWrapped && JsonNamingPolicy.CamelCase.ConvertName(i.Name) == name)?.TypeName
                    : activity.WorkflowDefinitionId is not null ? Any : null;
                if (type is not null) wrapped["typeName"] = type;
            }
        }
    }
}
