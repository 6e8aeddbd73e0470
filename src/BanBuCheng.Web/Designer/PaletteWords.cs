using BanBuCheng.Engine;

namespace BanBuCheng.Web.Designer;

/// <summary>What the palette says of activities and inputs that do not say it themselves: every box and every field has a sentence for who draws.</summary>
internal static class PaletteWords
{
    public static string Of(ActivityDescriptor activity) =>
        activity.Description.Length > 0 ? activity.Description : Activities.GetValueOrDefault(activity.Type, activity.DisplayName);

    public static string Of(ActivityDescriptor activity, InputDescriptor input) =>
        input.Description.Length > 0 ? input.Description
        : Inputs.GetValueOrDefault($"{activity.Type}.{input.Name}") ?? Inputs.GetValueOrDefault(input.Name) ?? "";

    public static IReadOnlyDictionary<string, string> Activities { get; } = new Dictionary<string, string>
    {
        ["Elsa.Start"] = "流程从这里开始。每张图放一个。",
        ["Elsa.End"] = "这张图到此结束。还有别的路在走时不要放。",
        ["Elsa.Finish"] = "整个流程到此结束，正在走的别的路也一起停。",
        ["Elsa.Break"] = "跳出所在的循环。",
        ["Elsa.Complete"] = "这一段到此完成，按给出的结果从外面那一格的出口出去。",
        ["Elsa.Flowchart"] = "一张可以连线的流程图。",
        ["Elsa.Sequence"] = "里面的步骤一个接一个走。",
        ["Elsa.Parallel"] = "里面的步骤同时走。",
        ["Elsa.If"] = "条件成立走“那么”，不成立走“否则”。",
        ["Elsa.Switch"] = "按情形走里面的一段。",
        ["Elsa.Fork"] = "里面的几段同时走，按汇合方式继续。",
        ["Elsa.While"] = "条件成立就一直重复里面的一段。",
        ["Elsa.For"] = "按次数重复里面的一段。",
        ["Elsa.ForEach"] = "列表里每一项走一遍里面的一段，一项接一项。",
        ["Elsa.ParallelForEach"] = "列表里每一项走一遍里面的一段，同时走。",
        ["Elsa.FlowNode"] = "在连线的图里放一段内嵌的步骤。",
        ["Elsa.FlowDecision"] = "条件成立从“是”出去，不成立从“否”出去。",
        ["Elsa.FlowSwitch"] = "按情形从不同的出口出去，都不符合走“其他”。",
        ["Elsa.FlowFork"] = "从这里分成几路同时走。",
        ["Elsa.FlowJoin"] = "几路在这里汇合：二选一的用“任一到达”，同时走的用“全部到达”。",
        ["Elsa.SetVariable"] = "给一个变量写上值。",
        ["Elsa.SetOutput"] = "给流程的一个输出写上值。",
        ["Elsa.SetName"] = "给这一个流程实例起个名字，好在列表里认出来。",
        ["Elsa.Correlate"] = "写明这一个流程实例属于哪一件。",
        ["Elsa.WriteLine"] = "在经过里记一行字。",
        ["Elsa.Fault"] = "报一个差错，停在这里等人处理。办件流程里不要用。",
        ["Elsa.RunJavaScript"] = "算一段 JavaScript，可以按结果从不同的出口出去。",
        ["Elsa.Event"] = "等一个事件；勾上“可以启动流程”，事件来了就开始一个新的。",
        ["Elsa.PublishEvent"] = "发出一个事件，等它的流程就会继续或开始。",
        ["Elsa.RunTask"] = "请外面的程序做一件事，做完再往下走。",
        ["Elsa.Delay"] = "等一段钟表时间。按工作日等，请用“工作日定时”。",
        ["Elsa.Timer"] = "每隔一段时间开始一次。",
        ["Elsa.StartAt"] = "到指定的时间开始。",
        ["Elsa.Cron"] = "按 Cron 表达式定时开始。",
        ["Elsa.ExecuteWorkflow"] = "另外启动一个流程，可以等它结束。",
        ["Elsa.DispatchWorkflow"] = "另外启动一个流程，放到后面去走。",
        ["Elsa.BulkDispatchWorkflows"] = "列表里每一项各启动一个流程。",
        ["Elsa.NotFoundActivity"] = "这里原来的一格现在认不得，内容原样留着。",
    };

    /// <summary>By activity and input, or by input alone where it means the same everywhere.</summary>
    public static IReadOnlyDictionary<string, string> Inputs { get; } = new Dictionary<string, string>
    {
        ["Outcomes"] = "从哪个出口出去，要和流程的“结果”一致。",
        ["Condition"] = "算出来是真还是假。可以选 JavaScript 写，例如 difficulty == 'Simple'。",
        ["Cases"] = "一行一种情形：名称就是出口，条件成立就从那里出去。",
        ["Elsa.FlowJoin.Mode"] = "二选一、几选一分出去的，用“任一到达”；同时走的，用“全部到达”。",
        ["Mode"] = "几种情形都成立时，只走第一个，还是都走。",
        ["JoinMode"] = "里面的几段都完成才继续，还是有一段完成就继续。",
        ["Start"] = "从几开始数。",
        ["End"] = "数到几。",
        ["Step"] = "每次加几。",
        ["OuterBoundInclusive"] = "数到止值那一次也走。",
        ["Items"] = "列表：JSON 数组，或用 JavaScript 给出。",
        ["Branches"] = "一行一路，名称就是出口。",
        ["Variable"] = "写到哪个变量。",
        ["Elsa.SetVariable.Value"] = "写什么值。",
        ["Elsa.SetName.Value"] = "名字。",
        ["OutputName"] = "写到流程的哪个输出。",
        ["OutputValue"] = "写什么值。",
        ["CorrelationId"] = "属于哪一件；办件的流程里就是办件本身的编号，用 getCorrelationId() 取得。",
        ["Text"] = "记什么。",
        ["Code"] = "差错的代码。",
        ["Category"] = "差错的类别。",
        ["FaultType"] = "差错的类型。",
        ["Message"] = "差错的说明。",
        ["Script"] = "最后一句的值就是结果；setOutcome('…') 决定从哪个出口出去。",
        ["PossibleOutcomes"] = "脚本可能给出的结果，一个一个出口。",
        ["EventName"] = "事件的名字，发出和等候的要一样。",
        ["IsLocalEvent"] = "只让这一个流程实例听到。",
        ["Payload"] = "随带的内容，对方能看到。",
        ["TaskName"] = "请外面做的是什么。",
        ["TimeSpan"] = "等多久，写成 时:分:秒，例如 01:30:00。",
        ["Interval"] = "隔多久一次，写成 时:分:秒。",
        ["DateTime"] = "什么时候开始。",
        ["CronExpression"] = "五段或六段的 Cron 表达式，按北京时间。",
        ["WorkflowDefinitionId"] = "启动哪个流程。",
        ["Input"] = "给它的输入，一项一项写名字和值。",
        ["WaitForCompletion"] = "等它结束再往下走。",
        ["StartNewTrace"] = "另起一条跟踪记录。",
        ["ChannelName"] = "放到哪个通道里走，一般不填。",
        ["DefaultItemInputKey"] = "每一项放进哪个输入。",
        ["CorrelationIdFunction"] = "按项算出它属于哪一件，用 getItem() 取得这一项。",
        ["MissingTypeName"] = "原来的类型。",
        ["MissingTypeVersion"] = "原来的版本。",
        ["OriginalActivityJson"] = "原来的内容，原样留着。",
        ["BanBuCheng.HumanTask.Title"] = "待办的标题，办的人在收件箱里看到。",
        ["BanBuCheng.SetStage.Stage"] = "进入哪个环节；群众查询和台账上看到的就是它。",
        ["BanBuCheng.SuspendClock.ReasonCode"] = "法定的情形才能停表。",
        ["BanBuCheng.SuspendClock.MaxWorkingDays"] = "最长停几个工作日，不能不写。",
        ["BanBuCheng.DepartmentTasks.Lead"] = "哪个单位牵头。研判时定的，用 JavaScript 写 serviceCase.leadUnit。",
        ["BanBuCheng.DepartmentTasks.Assisting"] = "哪些单位协办。研判时定的，用 JavaScript 写 serviceCase.assistingUnits。",
        ["BanBuCheng.DepartmentTasks.Request"] = "写给部门看的话：请他们做什么。",
        ["BanBuCheng.DepartmentTasks.Within"] = "连了“逾期”就到点收回，没连就一直等、变红。",
        ["BanBuCheng.DepartmentTasks.Join"] = "都答复了才算，还是牵头单位说了算。",
        ["BanBuCheng.Escalate.Reason"] = "为什么要联合党委会商，写给秘书看。",
        ["BanBuCheng.ExtendDeadline.WorkingDays"] = "再延几个工作日，从受理起总共不超过上限。",
        ["BanBuCheng.ExtendDeadline.ReasonCode"] = "为什么要延，短信里会写。",
        ["BanBuCheng.WorkingDayTimer.WorkingDays"] = "等几个工作日，从第二天数起。",
        ["BanBuCheng.SendSms.Template"] = "用哪一条短信模板。",
        ["BanBuCheng.DeliverReply.Outcome"] = "这件事办成了没有。",
    };
}
