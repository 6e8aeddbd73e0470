using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Activities;

/// <summary>The engine's own activities: Elsa's, by Elsa's names, with Chinese captions for the palette.</summary>
public static class BuiltIn
{
    private const string Flow = "流程控制";
    private const string Branching = "分支";
    private const string Looping = "循环";
    private const string Data = "数据";
    private const string Timing = "定时";
    private const string Composition = "流程组合";
    private const string Scripting = "脚本";
    private const string Console = "控制台";

    private static readonly RunByInterpreter Container = new();
    private static readonly InputDescriptor[] ChildInputs =
    [
        Text("WorkflowDefinitionId", "流程", true, "workflow-definition-picker"), Text("CorrelationId", "关联号"),
        new("Input", "ObjectDictionary", "输入"), Flag("WaitForCompletion", "等待结束"),
    ];

    public static IReadOnlyList<ActivityDescriptor> Descriptors { get; } =
    [
        Plain("Elsa.Start", "开始", Flow, new DoesNothing()),
        Terminal("Elsa.End", "结束", Flow, new DoesNothing()),
        Terminal("Elsa.Finish", "结束整个流程", Flow, new Finish()),
        Terminal("Elsa.Break", "跳出循环", Looping, new Break()),
        Terminal("Elsa.Complete", "完成并给出结果", Composition, new Complete()) with { Inputs = [new("Outcomes", "Object", "结果", UiHint: "dynamic-outcomes")] },
        Box("Elsa.Flowchart", "流程图", Flow),
        Box("Elsa.Sequence", "顺序", Flow),
        Box("Elsa.Parallel", "并行", Flow),
        Box("Elsa.If", "如果", Branching) with { Inputs = [Flag("Condition", "条件")], Outputs = [new("Result", "Boolean", "判断结果")] },
        Box("Elsa.Switch", "多路选择", Branching) with
        {
            Inputs = [Mode(), new("Cases", "Object", "情形", UiHint: "switch-editor") { IsWrapped = false }], Outputs = [new("Output", "Object", "输出")],
        },
        Box("Elsa.Fork", "分叉（内含分支）", Branching) with
        {
            Inputs = [new("JoinMode", "String", "汇合方式", UiHint: "dropdown") { IsWrapped = false, Options = [("WaitAll", "全部完成"), ("WaitAny", "任一完成")] }],
        },
        Box("Elsa.While", "当条件成立时循环", Looping) with { Inputs = [Flag("Condition", "条件")] },
        Box("Elsa.For", "计数循环", Looping) with
        {
            Inputs = [Whole("Start", "起", 0), Whole("End", "止", 0), Whole("Step", "步长", 1), Flag("OuterBoundInclusive", "包含止值", true)],
            Outputs = [new("CurrentValue", "Object", "当前值")],
        },
        Box("Elsa.ForEach", "逐项循环", Looping) with
        {
            Inputs = [new("Items", "ICollection<Object>", "列表", UiHint: "multiline")], Outputs = [new("CurrentValue", "Object", "当前项")],
        },
        Box("Elsa.ParallelForEach", "逐项并行", Looping) with { Inputs = [new("Items", "Object", "列表", UiHint: "multiline")] },
        Box("Elsa.FlowNode", "流程节点", Flow),
        Plain("Elsa.FlowDecision", "判断", Branching, new FlowDecision()) with { Inputs = [Flag("Condition", "条件")], Ports = [new("True", "是"), new("False", "否")] },
        Plain("Elsa.FlowSwitch", "分流", Branching, new FlowSwitch()) with
        {
            Inputs = [Mode(), new("Cases", "Object", "情形", UiHint: "flow-switch-editor") { IsWrapped = false }], Ports = [new("Default", "其他")],
        },
        Plain("Elsa.FlowFork", "分叉", Branching, new FlowFork()) with
        {
            Inputs = [new("Branches", "ICollection<String>", "分支", UiHint: "dynamic-outcomes")], PortsFromInput = "Branches",
        },
        Plain("Elsa.FlowJoin", "汇合", Branching, new DoesNothing()) with
        {
            Inputs =
            [
                new("Mode", "String", "汇合方式", UiHint: "dropdown")
                {
                    DefaultValue = JsonValue.Create("WaitAny"),
                    Options = [("WaitAny", "任一到达"), ("WaitAll", "全部到达"), ("WaitAllActive", "全部有效分支到达")],
                },
            ],
        },
        Plain("Elsa.SetVariable", "设置变量", Data, new SetVariable()) with
        {
            Inputs = [new("Variable", "Object", "变量", UiHint: "variable-picker") { IsWrapped = false, Required = true }, new("Value", "Object", "值")],
        },
        Plain("Elsa.SetOutput", "设置流程输出", Data, new SetOutput()) with
        {
            Inputs = [Text("OutputName", "输出名", true, "output-picker"), new("OutputValue", "Object", "值")],
        },
        Plain("Elsa.SetName", "设置实例名称", Data, new SetName()) with { Inputs = [Text("Value", "名称")] },
        Plain("Elsa.Correlate", "设置关联号", Data, new Correlate()) with { Inputs = [Text("CorrelationId", "关联号")] },
        Plain("Elsa.WriteLine", "输出一行", Console, new WriteLine()) with { Inputs = [Text("Text", "文字")] },
        Plain("Elsa.Fault", "报错中断", Flow, new Fault()) with
        {
            Inputs = [Text("Code", "代码"), Text("Category", "类别"), Text("FaultType", "错误类型"), Text("Message", "说明", hint: "multiline")], Ports = [],
        },
        Plain("Elsa.RunJavaScript", "运行 JavaScript", Scripting, new RunJavaScript()) with
        {
            Inputs = [Text("Script", "脚本", true, "code-editor"), new("PossibleOutcomes", "ICollection<String>", "可能的结果", UiHint: "dynamic-outcomes")],
            Outputs = [new("Result", "Object", "结果")], PortsFromInput = "PossibleOutcomes",
        },
        Trigger("Elsa.Event", "等待事件", Composition, new Event()) with { Inputs = [Text("EventName", "事件名", true)], Outputs = [new("Result", "Object", "事件内容")] },
        Plain("Elsa.PublishEvent", "发布事件", Composition, new PublishEvent()) with
        {
            Inputs = [Text("EventName", "事件名", true), Text("CorrelationId", "关联号"), Flag("IsLocalEvent", "只给本实例"), new("Payload", "Object", "内容")],
        },
        Plain("Elsa.RunTask", "请求外部任务", Composition, new RunTask()) with
        {
            Inputs = [Text("TaskName", "任务名", true), new("Payload", "ObjectDictionary", "内容")],
            Outputs = [new("TaskId", "String", "任务号"), new("Result", "Object", "结果")],
        },
        Plain("Elsa.Delay", "延迟", Timing, new Delay()) with { Inputs = [Span("TimeSpan", "时长")] },
        Trigger("Elsa.Timer", "定时重复", Timing, new Timer()) with { Inputs = [Span("Interval", "间隔")] },
        Trigger("Elsa.StartAt", "在指定时间", Timing, new StartAt()) with { Inputs = [new("DateTime", "DateTimeOffset", "时间", UiHint: "datetime-picker") { Required = true }] },
        Trigger("Elsa.Cron", "按 Cron 表达式", Timing, new Cron()) with { Inputs = [Text("CronExpression", "Cron 表达式", true)] },
        Plain("Elsa.ExecuteWorkflow", "执行流程", Composition, new ExecuteWorkflow()) with { Inputs = ChildInputs, Outputs = [new("Result", "ExecuteWorkflowResult", "结果")] },
        Plain("Elsa.DispatchWorkflow", "派发流程", Composition, new DispatchWorkflow()) with
        {
            Inputs = [.. ChildInputs, Flag("StartNewTrace", "新的跟踪"), Text("ChannelName", "通道")], Outputs = [new("Result", "Object", "结果")],
        },
        Box("Elsa.BulkDispatchWorkflows", "批量派发流程", Composition) with
        {
            Inputs =
            [
                Text("WorkflowDefinitionId", "流程", true, "workflow-definition-picker"), new("Items", "Object", "列表", UiHint: "multiline"),
                Text("DefaultItemInputKey", "每项的输入名") with { DefaultValue = JsonValue.Create("Item") }, Text("CorrelationIdFunction", "关联号（按项计算）"),
                new("Input", "ObjectDictionary", "共同输入"), Flag("WaitForCompletion", "等待全部结束", true), Flag("StartNewTrace", "新的跟踪"), Text("ChannelName", "通道"),
            ],
            Ports = [new("Completed", "全部结束"), new("Canceled", "已取消"), new("Done", "完成")],
        },
        Plain("Elsa.NotFoundActivity", "找不到的活动", Flow, new DoesNothing()) with
        {
            Inputs =
            [
                new("MissingTypeName", "String", "类型") { IsWrapped = false }, new("MissingTypeVersion", "Int32", "版本") { IsWrapped = false },
                new("OriginalActivityJson", "String", "原文") { IsWrapped = false },
            ],
        },
    ];

    private static ActivityDescriptor Plain(string type, string name, string category, IActivity activity) => new(type, name, category) { Create = _ => activity };

    private static ActivityDescriptor Terminal(string type, string name, string category, IActivity activity) =>
        Plain(type, name, category, activity) with { IsTerminal = true, Ports = [] };

    private static ActivityDescriptor Trigger(string type, string name, string category, ITrigger activity) => Plain(type, name, category, activity) with { IsTrigger = true };

    private static ActivityDescriptor Box(string type, string name, string category) => Plain(type, name, category, Container) with { IsContainer = true };

    private static InputDescriptor Text(string name, string caption, bool required = false, string hint = "singleline") =>
        new(name, "String", caption, UiHint: hint) { Required = required };

    private static InputDescriptor Flag(string name, string caption, bool otherwise = false) =>
        new(name, "Boolean", caption, UiHint: "checkbox") { DefaultValue = JsonValue.Create(otherwise) };

    private static InputDescriptor Whole(string name, string caption, int otherwise) => new(name, "Int32", caption) { DefaultValue = JsonValue.Create(otherwise) };

    private static InputDescriptor Span(string name, string caption) => new(name, "TimeSpan", caption) { DefaultValue = JsonValue.Create("00:01:00") };

    private static InputDescriptor Mode() => new("Mode", "String", "匹配方式", UiHint: "dropdown")
    {
        DefaultValue = JsonValue.Create("MatchFirst"), Options = [("MatchFirst", "第一个成立的"), ("MatchAny", "所有成立的")],
    };
}
