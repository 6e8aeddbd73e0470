using System.Text.Json.Nodes;

namespace BanBuCheng.Web.Designer;

/// <summary>The short lists of the editor: syntaxes, types, drivers, strategies. Their stored names are Elsa's, their captions ours.</summary>
internal static class SmallLists
{
    private const string InstanceDriver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    public static void Map(RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/descriptors");
        lists.MapGet("/expression-descriptors", () => Answers.Json(Answers.List(Expressions())));
        lists.MapGet("/variables", () => Answers.Json(Answers.List(VariableTypes())));
        lists.MapGet("/storage-drivers", () => Answers.Json(Answers.List(
        [
            new JsonObject { ["typeName"] = InstanceDriver, ["displayName"] = "存进实例（挂起以后还在）", ["priority"] = 5, ["deprecated"] = false },
            new JsonObject { ["typeName"] = "Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", ["displayName"] = "只在内存（挂起以后没有）", ["priority"] = 0, ["deprecated"] = false },
        ])));
        lists.MapGet("/workflow-activation-strategies", () => Answers.Json(Answers.List(
        [
            Strategy("Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", "总可以启动", "什么时候都可以再启动一个。"),
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime", "只许一个", "已经有一个在走，就不再启动。"),
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime", "一件只许一个流程", "同一件已经有任何一个流程在走，就不再启动。"),
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime", "一件只许一个这样的", "同一件已经有一个这样的流程在走，就不再启动。"),
        ])));
        lists.MapGet("/incident-strategies", () => Answers.Json(Answers.List(
        [
            Strategy("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "记下来，等人处理", "出错的一格停住，别的路照走；由管理员重试或跳过。办件的流程都用这个。"),
            Strategy("Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core", "整个停掉", "一出错整个流程就停掉。办件的流程不许用：那样就没有人答复群众了。"),
        ])));
        lists.MapGet("/log-persistence-strategies", () => Answers.Json(Answers.List(
        [
            Strategy("Elsa.Workflows.LogPersistence.Strategies.Inherit, Elsa.Workflows.Core", "照上一级", "照上一级的设置。"),
            Strategy("Elsa.Workflows.LogPersistence.Strategies.Include, Elsa.Workflows.Core", "记", "把输入输出记进经过。"),
            Strategy("Elsa.Workflows.LogPersistence.Strategies.Exclude, Elsa.Workflows.Core", "不记", "不把输入输出记进经过。"),
        ])));
        lists.MapGet("/commit-strategies/workflows", () => Answers.Json(Answers.List(
        [
            Commit("WorkflowExecuting", "开始前提交", "流程往下走之前存一次。"), Commit("WorkflowExecuted", "走完后提交", "流程走完这一步存一次。本系统每一步本来就存。"),
        ])));
        lists.MapGet("/commit-strategies/activities", () => Answers.Json(Answers.List(
        [
            Commit("Executing", "执行前提交", "这一格执行前存一次。"), Commit("Executed", "执行后提交", "这一格执行后存一次。本系统每一步本来就存。"),
        ])));
        lists.MapGet("/output-converters", () => Answers.Json(Answers.List([])));

        api.MapGet("/features/installed", () => Answers.Json(Answers.List([RealTime()])));
        api.MapGet("/features/installed/{fullName}", (string fullName) => fullName == "Elsa.RealTimeWorkflowUpdates"
            ? Answers.Json(RealTime()) : Answers.Problem(StatusCodes.Status404NotFound, "designer.not-here", "没有这一项功能。"));
        api.MapGet("/resilience/strategies", () => Answers.Json(Answers.List([])));
        api.MapGet("/resilience/retries/{id}", () => Answers.Json(new JsonObject { ["items"] = new JsonArray(), ["totalCount"] = 0 }));
    }

    private static IEnumerable<JsonNode> Expressions() =>
    [
        Expression("Literal", "固定值", false), Expression("Object", "对象", false, "json"), Expression("Json", "JSON", false, "json"), Expression("Variable", "变量", true), Expression("Input", "流程输入", true),
        Expression("JavaScript", "JavaScript 表达式", true, "javascript"), Expression("Liquid", "Liquid 模板", true, "liquid"),
    ];

    private static IEnumerable<JsonNode> VariableTypes() =>
    [
        Type("String", "文字", "常用"), Type("Boolean", "是 / 否", "常用"), Type("Int32", "整数", "常用"), Type("Decimal", "小数", "常用"), Type("DateTimeOffset", "日期时间", "常用"), Type("Object", "对象", "常用"),
        Type("Int64", "长整数", "其他"), Type("Double", "浮点数", "其他"), Type("Single", "单精度数", "其他"), Type("Int16", "短整数", "其他"), Type("DateTime", "日期时间（不带时区）", "其他"), Type("TimeSpan", "时长", "其他"),
        Type("Guid", "标识", "其他"), Type("ByteArray", "字节", "其他"), Type("JsonObject", "JSON 对象", "其他"), Type("JsonArray", "JSON 列表", "其他"), Type("ObjectDictionary", "名和值", "其他"), Type("StringDictionary", "名和文字", "其他"),
    ];

    private static JsonObject Expression(string type, string caption, bool isBrowsable, string? language = null) => new()
    {
        ["type"] = type, ["displayName"] = caption, ["isSerializable"] = true, ["isBrowsable"] = isBrowsable, ["properties"] = language is null ? new JsonObject() : new JsonObject { ["MonacoLanguage"] = language },
    };

    private static JsonObject Type(string alias, string caption, string category) => new() { ["typeName"] = alias, ["displayName"] = caption, ["category"] = category, ["description"] = null };

    private static JsonObject Strategy(string type, string caption, string description) => new() { ["typeName"] = type, ["displayName"] = caption, ["description"] = description };

    private static JsonObject Commit(string name, string caption, string description) => new() { ["name"] = name, ["displayName"] = caption, ["description"] = description };

    private static JsonObject RealTime() => new()
    {
        ["name"] = "RealTimeWorkflowUpdates", ["namespace"] = "Elsa", ["fullName"] = "Elsa.RealTimeWorkflowUpdates", ["displayName"] = "实时更新", ["description"] = "流程一动，正在看它的页面就跟着变。",
    };
}
