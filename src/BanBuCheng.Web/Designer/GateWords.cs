using System.Text.Json.Nodes;
using BanBuCheng.Engine.Durable;

namespace BanBuCheng.Web.Designer;

/// <summary>A finding of the gate in one sentence, with the story of how one gets there where the sentence does not tell it itself.</summary>
internal static class GateWords
{
    public static string Sentence(FlowFinding finding) =>
        $"{(finding.IsError ? "没有发布" : "请留意")}（{finding.Code}）：{finding.Message.TrimEnd('。')}。{(finding.Story is { Length: > 0 } story && !finding.Message.Contains(story, StringComparison.Ordinal) ? $"怎么走到的：{story}" : "")}";

    public static JsonNode Json(FlowFinding finding) => new JsonObject
    {
        ["code"] = finding.Code, ["severity"] = finding.IsError ? "error" : "warning", ["message"] = finding.Message, ["story"] = finding.Story,
        ["definitionId"] = finding.DefinitionId, ["activityId"] = finding.ActivityId, ["path"] = new JsonArray([.. finding.Path.Select(p => JsonValue.Create(p))]),
    };
}
