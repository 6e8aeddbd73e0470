using System.Text.Json.Nodes;

namespace BanBuCheng.Stories.Pages;

/// <summary>A small flow for pages: the station judges, a department writes, the reply is delivered, the case closes.</summary>
internal static class PagesFlow
{
    public const string TriageForm =
        """
        {"title":"研判","type":"object","required":["difficulty","lead"],"x-record":["Judgement","Note"],"x-required-for":{"note":["直接答复"]},"properties":{
        "outcome":{"title":"怎么办","oneOf":[{"const":"交部门办","title":"交部门办","description":"下一步到部门"},{"const":"直接答复","title":"直接答复","description":"站里自己写"}]},
        "difficulty":{"title":"难易","oneOf":[{"const":"Simple","title":"简单"},{"const":"Complex","title":"复杂"},{"const":"Special","title":"特殊"}]},
        "lead":{"title":"谁牵头","type":"string","x-options":"units"},
        "assisting":{"title":"谁协办","type":"array","items":{"type":"string","x-options":"units"}},
        "visitOn":{"title":"哪天上门看","type":"string","format":"date"},
        "note":{"title":"写给同事的话","type":"string","maxLength":500,"x-rows":2,"x-audience":"staff"}}}
        """;

    public const string SolutionForm =
        """
        {"title":"方案","type":"object","required":["solution"],"x-record":["Solution","Document"],"properties":{
        "solution":{"title":"打算怎么办","type":"string","minLength":4,"maxLength":500,"x-rows":3},
        "documentTitle":{"title":"出的文件","type":"string","maxLength":60},
        "documentNumber":{"title":"文号","type":"string","maxLength":40,"x-error":"还差序号。"},
        "sms":{"title":"给群众的话","type":"string","maxLength":134,"x-rows":2,"x-audience":"citizen"}}}
        """;

    public static string Document { get; } = new JsonObject
    {
        ["id"] = "case-handling-v1", ["definitionId"] = "case-handling", ["name"] = "办件", ["version"] = 1, ["isLatest"] = true, ["isPublished"] = true,
        ["variables"] = new JsonArray(), ["inputs"] = new JsonArray(), ["outputs"] = new JsonArray(), ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(), ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "Main", ["type"] = "Elsa.Sequence", ["version"] = 1, ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject(),
            ["activities"] = new JsonArray(
                Activity("Clock", "BanBuCheng.StartClock"),
                Activity("Triage", "BanBuCheng.SetStage", ("stage", "Triage")),
                Activity("Judge", "BanBuCheng.HumanTask", ("title", "研判难易，派给部门"), ("assignTo", "role:STATION_HEAD"), ("form", TriageForm),
                    ("within", 1), ("instructions", "先打电话问清楚，再定难易。\n一次问全。"), ("outcomes", """["交部门办","直接答复"]""")),
                Activity("Coordination", "BanBuCheng.SetStage", ("stage", "Coordination")),
                Activity("Solve", "BanBuCheng.HumanTask", ("title", "写方案"), ("assignTo", "unit:HEALTH"), ("form", SolutionForm),
                    ("within", 2), ("outcomes", """["办得成","办不成"]""")),
                Activity("Reply", "BanBuCheng.SetStage", ("stage", "Reply")),
                Activity("Deliver", "BanBuCheng.DeliverReply", ("outcome", "Resolved"), ("text", "您的事办成了，带身份证到大厅3号窗口领取。")),
                Activity("Close", "BanBuCheng.CloseCase")),
        },
    }.ToJsonString();

    private static JsonNode Activity(string id, string type, params ReadOnlySpan<(string Name, JsonNode Value)> inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1, ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject() };
        foreach (var (name, value) in inputs)
        {
            activity[name] = new JsonObject
            {
                ["typeName"] = value.GetValueKind() is System.Text.Json.JsonValueKind.Number ? "Int32" : "String",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value.DeepClone() },
            };
        }

        return activity;
    }
}
