using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Stories.House;
using BanBuCheng.Web.Demo;
using Xunit;

namespace BanBuCheng.Stories.Rehearsal;

/// <summary>推演: the same flow twice is no difference, a halved limit is the lateness one can count by hand, another way is told case by case.</summary>
public sealed class WhatARehearsalSays
{
    private const long Seed = 20261012;
    private static readonly DateOnly From = new(2026, 3, 2);
    private static readonly RehearsalProfile OnTime = new() { SmsDelivered = 1 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "同一个流程走两遍：一件也不差")]
    public async Task The_same_flow_twice_is_no_difference()
    {
        var shipped = Shipped();
        var report = await RunAsync(new RehearsalProfile { LateShare = 0.1 }, 120, shipped, shipped);
        Assert.Empty(report.Differences);
        Assert.Equal(120, report.Figures.Closed);
        Assert.Empty(report.Figures.Troubles);
        Assert.DoesNotContain("None", report.Figures.Endings.Keys);
        Assert.True(report.Figures.Late.Tasks > 0, "a tenth of the tasks takes longer than it may");
        Assert.Equal(report.Figures.Tasks, report.Figures.PerRoleLoad.Sum(l => l.Tasks));
        Assert.All(report.Figures.PerRoleLoad, l => Assert.Equal(l.Tasks, l.Days.Sum(d => d.Tasks)));

        // And a run of its own with the same seed says the same; another seed does not.
        var again = await RunAsync(new RehearsalProfile { LateShare = 0.1 }, 120, shipped, null);
        Assert.Equal(report.Figures.Endings, again.Figures.Endings);
        Assert.Equal(report.Figures.WorkingDaysToReply, again.Figures.WorkingDaysToReply);
        var other = await Rehearsals.RunAsync(DemoWorld.World, OnTime, Seed + 1, GeneratedCases.Of(DemoWorld.World, OnTime, Seed + 1, 120, From), shipped, null, null, Ct);
        Assert.NotEqual(report.Figures.WorkingDaysToReply, other.Figures.WorkingDaysToReply);
    }

    [Fact(DisplayName = "时限减半：多出来的超期，跟一天一天数出来的一样多")]
    public async Task A_halved_limit_adds_the_lateness_that_can_be_counted()
    {
        var plans = GeneratedCases.Of(DemoWorld.World, OnTime, Seed, 200, From);
        var rules = new RehearsalRules(DemoWorld.World, OnTime, Seed) { LimitOf = _ => 4 };
        var four = await RehearsalRun.AllAsync(rules, await RehearsalFlows.OfAsync([OneTask(4)], Ct), plans, null, Ct);
        var report = await Rehearsals.RunAsync(DemoWorld.World, OnTime, Seed, plans, [OneTask(2)], [OneTask(4)], null, Ct);

        Assert.All(four, run => Assert.Equal(0, run.LateTasks));
        var counted = four.Count(run => Ended(run.Tasks[0]) > SecondWorkingDayAfter(ShanghaiTime.DayOf(run.Tasks[0].OpenedAt)));
        Assert.InRange(counted, 20, 180);
        Assert.Equal(0, report.Before!.Late.Tasks);
        Assert.Equal(counted, report.Figures.Late.Tasks);
        Assert.Equal(counted, report.Differences.Count);
        Assert.All(report.Differences, d => Assert.Equal(["late"], d.Kinds));
        Assert.Equal("超期的待办由 0 个变成 1 个", report.Differences[0].Sentence);
    }

    [Fact(DisplayName = "少一个结果：走了别的路的每一件都说得出来")]
    public async Task Another_way_is_told_case_by_case()
    {
        // The window can't hand over to the station any more: who was handed over is answered there.
        var changed = Shipped().Select(text => text.Contains("\"definitionId\": \"case-handling\"", StringComparison.Ordinal) ? text.Replace("\\\"转服务站研判\\\"", "\\\"办成了 \\\"", StringComparison.Ordinal).Replace("[\\\"办成了\\\", \\\"答复清楚了\\\", \\\"办成了 \\\"]", "[\\\"办成了\\\", \\\"答复清楚了\\\"]", StringComparison.Ordinal) : text).ToList();
        Assert.NotEqual(Shipped(), changed);
        var report = await RunAsync(OnTime, 60, changed, Shipped());
        Assert.NotEmpty(report.Differences);
        Assert.All(report.Differences, d => Assert.Contains("way", d.Kinds));
        Assert.Contains(report.Differences, d => d.Sentence.StartsWith("“窗口办理”选“转服务站研判”，改成“窗口办理”选“", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "只给一个主流程：用到的环节补上；从旁边启动的也补上，除非说不要")]
    public void What_is_used_and_what_starts_from_the_side_is_added()
    {
        static IEnumerable<string> Ids(IEnumerable<string> texts) => texts.Select(t => JsonNode.Parse(t)!["definitionId"]!.GetValue<string>()).Order(StringComparer.Ordinal);
        string[] given = [File.ReadAllText(Repository.Path("workflows/case-handling.json"))];
        Assert.Equal(Ids(Shipped()), Ids(FlowParts.WithSides(given, Repository.Path("workflows"))));
        var alone = Ids(FlowParts.Complete(given, Repository.Path("workflows"))).ToList();
        Assert.Contains("station-triage", alone);
        Assert.DoesNotContain("supervision", alone);
    }

    [Fact(DisplayName = "没有主流程、不是流程文档：说清楚，不瞎走")]
    public async Task What_is_no_main_flow_is_refused()
    {
        await Assert.ThrowsAsync<FormatException>(() => RehearsalFlows.OfAsync([File.ReadAllText(Repository.Path("workflows/station-triage.json"))], Ct));
        await Assert.ThrowsAsync<FormatException>(() => RehearsalFlows.OfAsync(["{}"], Ct));
    }

    [Fact(DisplayName = "拨着钟走过春节：期限跳过假期，短信一条条看得到")]
    public async Task One_case_walks_through_the_Spring_Festival()
    {
        var flows = await RehearsalFlows.OfAsync(Shipped(), Ct);
        var start = new DateTimeOffset(2026, 2, 11, 9, 30, 0, TimeSpan.FromHours(8));
        async Task<RehearsalWalk> WalkAsync(params string[] acts) => await RehearsalWalk.OfAsync(DemoWorld.World, flows, start, new CaseSeed { Difficulty = Difficulty.Simple }, acts, Ct);

        var walk = await WalkAsync();
        // 12, 13 and 14 February count (the 14th is a make-up day), then the festival would begin.
        Assert.Equal(new DateOnly(2026, 2, 14), walk.Case.Case.DueOn);
        Assert.Equal(["ACCEPTED"], walk.Case.Messages.Select(m => m.Template));
        Assert.Contains("答复日期是2026年2月14日", walk.Steps[0].Brought);

        walk = await WalkAsync("day", "day", "task:0:转服务站研判", "day", "day");
        Assert.Equal(Difficulty.Complex, walk.Case.Case.Difficulty);
        // 12 to 14 February, 24 to 28 (the 28th is a make-up day), 2 and 3 March: ten.
        Assert.Equal(new DateOnly(2026, 3, 3), walk.Case.Case.DueOn);
        Assert.Equal(10, walk.Why!.Derivation.Count(d => d.Number is not null));
        Assert.Null(walk.Steps[3].Refused);

        walk = await WalkAsync("task:0:办成了", "sms:1", "task:1:解决了", "task:0:办成了", "event");
        Assert.Equal(CaseState.Closed, walk.Case.Case.State);
        Assert.Equal(["ACCEPTED", "RESOLVED", "SURVEY"], walk.Case.Messages.Select(m => m.Template));
        Assert.Contains("【青屏区政务服务】编号", walk.Case.Messages[1].Text, StringComparison.Ordinal);
        Assert.Equal(["受理一件，简单", "“窗口办理”选“办成了”", "手机收到了短信", "“回访：问解决没有、满不满意”选“解决了”"], walk.Steps.Select(s => s.Words));
    }

    private static DateOnly Ended(RehearsedTask task) => ShanghaiTime.DayOf(task.EndedAt);

    /// <summary>Counted without the calendar's own counting: 2026 as published, weekends but for the make-up days.</summary>
    private static DateOnly SecondWorkingDayAfter(DateOnly day)
    {
        for (var counted = 0; counted < 2;)
        {
            day = day.AddDays(1);
            if (DemoWorld.World.Calendar.Day(day).Counts) counted++;
        }

        return day;
    }

    private static Task<RehearsalReport> RunAsync(RehearsalProfile profile, int cases, IReadOnlyList<string> documents, IReadOnlyList<string>? before) =>
        Rehearsals.RunAsync(DemoWorld.World, profile, Seed, GeneratedCases.Of(DemoWorld.World, profile, Seed, cases, From), documents, before, null, Ct);

    private static List<string> Shipped() => [.. Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>受理 → one task within so many working days → reply → 办结.</summary>
    private static string OneTask(int within) => new JsonObject
    {
        ["id"] = $"one-task-{within}", ["definitionId"] = "one-task", ["name"] = "一步", ["customProperties"] = new JsonObject { ["BanBuCheng.Kind"] = "Case" },
        ["root"] = new JsonObject
        {
            ["id"] = "main", ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray(
                Box("start", "Elsa.Start"), Box("clock", "BanBuCheng.StartClock"),
                Box("work", "BanBuCheng.HumanTask", ("title", "办"), ("assignTo", "role:HELP_WINDOW_STAFF"), ("within", within), ("outcomes", "[\"好了\"]")),
                Box("reply", "BanBuCheng.DeliverReply", ("outcome", "Resolved"), ("text", "好了。")), Box("close", "BanBuCheng.CloseCase")),
            ["connections"] = new JsonArray(Line("start", "Done", "clock"), Line("clock", "Done", "work"), Line("work", "好了", "reply"), Line("reply", "Delivered", "close")),
        },
    }.ToJsonString();

    private static JsonObject Box(string id, string type, params (string Name, object Value)[] inputs)
    {
        var box = new JsonObject { ["id"] = id, ["type"] = type, ["metadata"] = new JsonObject { ["displayText"] = id } };
        foreach (var (name, value) in inputs) box[name] = new JsonObject { ["typeName"] = value is int ? "Int32" : "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = JsonValue.Create(value) } };
        return box;
    }

    private static JsonObject Line(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
