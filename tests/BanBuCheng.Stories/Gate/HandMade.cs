using System.Text.Json.Nodes;

namespace BanBuCheng.Stories.Gate;

/// <summary>Small flows, each wrong (or right) in one way, with what the gate must say.</summary>
/// <param name="Codes">Capitals are errors, small letters warnings.</param>
/// <param name="States">About how many states there are: a tenfold of it would be a fault of its own.</param>
internal sealed record HandMade(string Name, string Codes, int States, int? Slack, Sketch Flow, params Sketch[] Parts)
{
    public override string ToString() => Name;

    public static IReadOnlyList<HandMade> All { get; } = [.. Straight(), .. Merges(), .. Loops(), .. Parallel(), .. SubFlows(), .. Clocks(), .. Others()];

    private static Sketch New(string name) => new Sketch(name).Clock().Reply().Close();

    private static IEnumerable<HandMade> Straight()
    {
        yield return new("ok-linear", "", 7, 7, New("f").Task("办理", 3).Wires("start>启动时限>办理>答复>办结"));
        yield return new("no-reply-branch", "G001", 9, 7, New("f").Task("办理", 3, "好", "坏").Line("记一笔").Wires("start>启动时限>办理>答复>办结 办理.坏>记一笔"));
        yield return new("close-before-reply", "G002", 9, 7, New("f").Task("办理", 3, "好", "坏").Wires("start>启动时限>办理>答复>办结 办理.坏>办结"));
        yield return new("outcome-nowhere", "G001 G003", 8, 7, New("f").Task("办理", 3, "好", "退件").Wires("start>启动时限>办理>答复>办结"));
        yield return new("unreachable", "G004", 7, 7, New("f").Task("办理", 3).Line("孤岛").Wires("start>启动时限>办理>答复>办结"));
        yield return new("nobody", "G005", 7, 7, New("f").Has("办理", "BanBuCheng.HumanTask", ("outcomes", Sketch.Literal("[\"好\"]")), ("within", Sketch.Literal(3, "Int32")))
            .Wires("start>启动时限>办理>答复>办结"));
        yield return new("too-slow", "G013", 15, -2, New("f").Task("甲", 3).Task("乙", 7).Task("丙", 2).Wires("start>启动时限>甲>乙>丙>答复>办结"));
    }

    private static IEnumerable<HandMade> Merges()
    {
        Sketch Two() => New("f").Task("研判", 3, "简单", "复杂").Task("甲", 2).Task("乙", 5).Wires("start>启动时限>研判.简单>甲 研判.复杂>乙 答复>办结");
        yield return new("waitall-after-decision", "G001 G004 G006", 9, null, Two().Join("合", "WaitAll").Wires("甲>合 乙>合>答复"));
        yield return new("waitallactive-after-decision", "", 13, 2, Two().Join("合", "WaitAllActive").Wires("甲>合 乙>合>答复"));
        yield return new("waitany-after-decision", "", 12, 2, Two().Join("合", "WaitAny").Wires("甲>合 乙>合>答复"));
        yield return new("implicit-merge", "", 12, 2, Two().Wires("甲>答复 乙>答复"));
        yield return new("dead-path-long", "", 12, 7, New("f").Task("研判", 3, "直", "绕").Line("一").Line("二").Line("三").Join("合", "WaitAllActive")
            .Wires("start>启动时限>研判.直>合>答复>办结 研判.绕>一>二>三>合"));
        yield return new("waitall-nested-decision", "G001 G006", 19, 4, New("f").Fork("同时", "甲路", "乙路").Task("甲", 3).Task("乙", 3, "好", "离开").Task("丙", 3).Line("走了").Join("合", "WaitAll")
            .Wires("start>启动时限>同时.甲路>甲>合>答复>办结 同时.乙路>乙.好>丙>合 乙.离开>走了"));
    }

    private static IEnumerable<HandMade> Loops()
    {
        Sketch Window() => New("f").Task("窗口", 1, "当场答复", "转研判").Task("研判", 3, "补正", "通过").Wires("start>启动时限>窗口 窗口.转研判>研判 研判.补正>研判 答复>办结");
        yield return new("loop-exit-plain-merge", "G001 G006 g018", 19, 6, Window().Wires("窗口.当场答复>答复 研判.通过>答复"));
        yield return new("loop-exit-waitallactive", "G001 G006 g018", 20, 6, Window().Join("合", "WaitAllActive").Wires("窗口.当场答复>合 研判.通过>合>答复"));
        yield return new("loop-exit-waitany", "g013 g018", 30, 6, Window().Join("合", "WaitAny").Wires("窗口.当场答复>合 研判.通过>合>答复"));
        yield return new("loop-join-inside", "g013 g018", 15, 6, New("f").Fork("同时", "甲路", "乙路").Task("甲", 2).Task("乙", 3).Join("合", "WaitAll").Task("审", 1, "通过", "重来")
            .Wires("start>启动时限>同时.甲路>甲>合>审.通过>答复>办结 同时.乙路>乙>合 审.重来>同时"));
        yield return new("escalation-loop-noexit", "G001 G004 g018", 12, null, New("f").Task("协同", 5, "争议").Task("党委", 2, "退回")
            .Wires("start>启动时限>协同.争议>党委.退回>协同 答复>办结"));
        yield return new("escalation-loop", "g013 g018", 14, 3, New("f").Task("协同", 5, "一致", "争议").Task("党委", 2, "退回", "定案")
            .Wires("start>启动时限>协同.争议>党委.退回>协同 协同.一致>答复 党委.定案>答复 答复>办结"));
        yield return new("auto-loop", "G007 g018", 9, 7, New("f").Task("办理", 3).Decision("检查").Wires("start>启动时限>办理>检查.True>答复>办结 检查.False>检查"));
        yield return new("invalid-back", "G012", 14, 8, New("f").Fork("同时", "甲路", "乙路").Task("甲", 1).Task("乙", 1).Join("合", "WaitAll").Task("核", 1, "好", "退")
            .Wires("start>启动时限>同时.甲路>甲>合>核.好>答复>办结 同时.乙路>乙>合 核.退>甲"));
        yield return new("loop-in-branch-early-join", "G001 G006 g016 g018", 37, 7, New("f").Fork("同时", "甲路", "乙路").Task("甲", 3).Task("乙", 3, "好", "重来").Join("合", "WaitAllActive")
            .Wires("start>启动时限>同时.甲路>甲>合>答复>办结 同时.乙路>乙.好>合 乙.重来>乙"));
        yield return new("while-auto", "G007", 9, 7, New("f").Task("办理", 3).Has("转", "Elsa.While", ("condition", Sketch.Script("getInput('x')")), ("body", Step("转一步")))
            .Wires("start>启动时限>办理>转>答复>办结"));
    }

    private static IEnumerable<HandMade> Parallel()
    {
        Sketch Two(string name = "f") => New(name).Fork("同时", "甲路", "乙路").Wires("start>启动时限>同时");
        yield return new("parallel-both-reply", "g014 g016", 12, 7, Two().Task("甲", 3).Task("乙", 3).Task("善后", 2).Reply("答复二").Close("办结二")
            .Wires("同时.甲路>甲>答复>善后>办结 同时.乙路>乙>答复二>办结二"));
        yield return new("parallel-reply-and-close", "G002 g016", 11, 7, Two().Task("甲", 3).Task("乙", 3).Wires("同时.甲路>甲>答复 同时.乙路>乙>办结"));
        yield return new("waitany-escaped-waiter", "g016", 10, 10, Two().Line("一").Line("二").Task("乙", 3).Join("合", "WaitAny").Wires("同时.甲路>合>答复>办结 同时.乙路>一>二>乙>合"));
        yield return new("waitany-late-waiter", "", 8, 10, Two().Line("一").Task("乙", 3).Join("合", "WaitAny").Wires("同时.甲路>一>合>答复>办结 同时.乙路>乙>合"));
        yield return new("waitany-race", "", 9, 7, Two().Task("甲", 3).Task("乙", 3).Join("合", "WaitAny").Wires("同时.甲路>甲>合>答复>办结 同时.乙路>乙>合"));
        yield return new("parallel-time-is-max", "", 11, 2, Two().Task("甲", 7).Task("乙", 8).Join("合", "WaitAll").Wires("同时.甲路>甲>合>答复>办结 同时.乙路>乙>合"));
        yield return new("pfe", "", 13, 7, New("f").Has("各部门", "Elsa.ParallelForEach", ("items", Sketch.Script("[1,2,3]", "Object")), ("body", TaskInside("一家", 3)))
            .Wires("start>启动时限>各部门>答复>办结"));
        yield return new("fork-waitany-end", "", 9, 7, New("f").Has("谁先", "Elsa.Fork", ("joinMode", JsonValue.Create("WaitAny")),
            ("branches", new JsonArray(TaskInside("办理", 3), new JsonObject { ["id"] = "定时", ["type"] = "BanBuCheng.WorkingDayTimer", ["version"] = 1, ["workingDays"] = Sketch.Literal(5, "Int32") })))
            .Wires("start>启动时限>谁先>答复>办结"));
        yield return new("end-cancels", "G001 g016", 10, 7, Two().Task("甲", 3).Task("乙", 3).Has("完", "Elsa.End").Wires("同时.甲路>甲>完 同时.乙路>乙>答复>办结"));
        yield return new("fault", "G015", 9, 7, New("f").Task("办理", 3, "好", "坏").Has("报错", "Elsa.Fault").Wires("start>启动时限>办理>答复>办结 办理.坏>报错"));
    }

    private static IEnumerable<HandMade> SubFlows()
    {
        Sketch Sub() => new Sketch("协同", "Part").Task("协调", 5, "成", "败").Complete("成了", "成").Complete("败了", "败").Wires("start>协调.成>成了 协调.败>败了");
        yield return new("sub-outcome-missing", "G001 G003", 13, 5, New("f").Part("部门", Sub()).Wires("start>启动时限>部门.成>答复>办结"), Sub());
        yield return new("sub-ok", "", 13, 5, New("f").Part("部门", Sub()).Join("合", "WaitAny").Wires("start>启动时限>部门.成>合>答复>办结 部门.败>合"), Sub());
        var natural = new Sketch("协同", "Part").Task("协调", 5, "成", "无").Complete("成了", "成").Line("走到头").Wires("start>协调.成>成了 协调.无>走到头");
        yield return new("sub-natural-done", "G001 G003", 13, 5, New("f").Part("部门", natural).Wires("start>启动时限>部门.成>答复>办结"), natural);
        var finishing = new Sketch("协同", "Part").Task("协调", 5, "成", "停").Complete("成了", "成").Has("全停", "Elsa.Finish").Wires("start>协调.成>成了 协调.停>全停");
        yield return new("finish-in-sub", "G001", 13, 5, New("f").Part("部门", finishing).Wires("start>启动时限>部门.成>答复>办结"), finishing);
    }

    private static IEnumerable<HandMade> Clocks()
    {
        (string, JsonNode?) reason = ("reasonCode", Sketch.Literal("SUPPLEMENT"));
        Sketch Pause(params (string, JsonNode?)[] more) => New("f").Has("中止", "BanBuCheng.SuspendClock", [reason, .. more]).Task("等补正", 3);
        yield return new("suspend-unbounded", "G008", 9, 10, Pause().Has("恢复", "BanBuCheng.ResumeClock").Wires("start>启动时限>中止>等补正>恢复>答复>办结"));
        yield return new("suspend-bounded", "", 9, 10, Pause(("maxWorkingDays", Sketch.Literal(10, "Int32"))).Has("恢复", "BanBuCheng.ResumeClock").Wires("start>启动时限>中止>等补正>恢复>答复>办结"));
        yield return new("suspend-noresume-bounded", "", 8, 10, Pause(("maxWorkingDays", Sketch.Literal(10, "Int32"))).Wires("start>启动时限>中止>等补正>答复>办结"));
        yield return new("wait-before-clock", "G008", 9, 7, New("f").Task("登记", 2).Task("办理", 3).Wires("start>登记>启动时限>办理>答复>办结"));
        Sketch Extends(int days) => New("f").Task("办理", 2, "办完", "申请延时").Join("合", "WaitAny")
            .Has("延时", "BanBuCheng.ExtendDeadline", ("workingDays", Sketch.Literal(days, "Int32")), ("reasonCode", Sketch.Literal("FACT_FINDING")))
            .Wires("start>启动时限>办理.办完>合>答复>办结 办理.申请延时>延时.Refused>合");
        yield return new("extend-in-loop", "G009 g013 g018", 16, 8, Extends(5).Wires("延时.Extended>办理"));
        yield return new("extend-once", "", 13, 8, Extends(5).Task("接着办", 3).Wires("延时.Extended>接着办>合"));
        yield return new("extend-ceiling", "G009", 13, 8, Extends(8).Task("接着办", 3).Wires("延时.Extended>接着办>合"));
        yield return new("reopen", "", 11, 7, New("f").Task("办理", 3).Has("回访", "BanBuCheng.ReturnVisit").Clock("再启动").Task("再办", 3).Reply("再答复").Join("合", "WaitAny")
            .Wires("start>启动时限>办理>答复>回访.Satisfied>合>办结 回访.Unreached>合 回访.NotSatisfied>再启动>再办>再答复>合"));
    }

    /// <summary>Beyond the classic ones: what only this desk has.</summary>
    private static IEnumerable<HandMade> Others()
    {
        yield return new("max-rounds-unrolls", "g013", 40, 6, New("f").Task("办理", 3, "好").Has("审", "BanBuCheng.HumanTask",
            ("assignTo", Sketch.Literal("role:STATION_HEAD")), ("within", Sketch.Literal("1", "Int32")), ("outcomes", Sketch.Literal(new JsonArray("通过", "退回"))), ("maxRounds", Sketch.Literal(2, "Int32")))
            .Wires("start>启动时限>办理>审.通过>答复>办结 审.退回>办理"));
        yield return new("thanked-but-not-solved", "G002", 20, 7, New("f").Task("办理", 3).Has("回访", "BanBuCheng.ReturnVisit")
            .Wires("start>启动时限>办理>答复>回访.Satisfied>办结 回访.NotSatisfied>办结 回访.Unreached>办结"));
        yield return new("tracked-difficulty", "G004", 12, 7, New("f").Decision("简单的", "difficulty == 'Simple'").Task("窗口", 1).Task("办理", 3).Join("合", "WaitAny")
            .Wires("start>启动时限>简单的.True>窗口>合>答复>办结 简单的.False>办理>合"));
        yield return new("restarted-clock", "G009", 12, 7, New("f").Task("办理", 3).Clock("又启动").Wires("start>启动时限>办理>又启动>答复>办结"));
        yield return new("reclassed-clock", "", 12, 7, New("f").Task("办理", 3).Clock("改为特殊", "Special").Wires("start>启动时限>办理>改为特殊>答复>办结"));
        yield return new("side-closes-without-reply", "G002", 12, null, new Sketch("f", "Side").Task("核实", 1).Close().Wires("start>核实>办结"));
        yield return new("side-closes-after-reply", "", 12, null, new Sketch("f", "Side").Task("核实", 1).Reply().Close().Wires("start>核实>答复>办结"));
        yield return new("no-entry", "G004 G019", 9, 7, new Sketch("f", starts: false).Clock().Reply().Close().Task("办理", 3).Wires("启动时限>办理>答复>办结").Line("孤岛").Line("孤岛二").Wires("孤岛>孤岛二"));
    }

    private static JsonObject Step(string id) => new() { ["id"] = id, ["type"] = "Elsa.SetName", ["version"] = 1, ["value"] = Sketch.Literal("一步") };

    private static JsonObject TaskInside(string id, int within) => new()
    {
        ["id"] = id, ["type"] = "BanBuCheng.HumanTask", ["version"] = 1, ["assignTo"] = Sketch.Literal("role:STATION_HEAD"), ["within"] = Sketch.Literal(within, "Int32"),
        ["outcomes"] = Sketch.Literal("[\"好\"]"),
    };
}
