using System.Text.Json.Nodes;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using BanBuCheng.Web.Demo;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Rehearsal;

/// <summary>表单：办事台拦下来的，推演里也拦，说的是同一句话。推演里的人被退回来，会像真的人一样改好再交。</summary>
public sealed class OneCheckerForForms
{
    private const string Head = "温敬之";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Against the law, and yet the departments are to do it.</summary>
    private static readonly (string Field, string Value)[] Contradiction =
        [("lawful", "NO"), ("legalBasis", "《条例》第三条"), ("difficulty", "Complex"), ("policyAttribute", "LEGAL_PROHIBITION"), ("causeCodes", "POLICY"), ("lead", "MARKET")];

    [Fact(DisplayName = "自相矛盾的研判表：办事台和推演说同一句话")]
    public async Task What_the_desk_sends_back_the_rehearsal_sends_back_with_the_same_words()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var task = await hall.TaskAsync(Head, accepted.Number, "研判");
        var desk = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync(Head, HallWork.Completing(task.TaskId, "部门协同", Contradiction)));

        var (rehearsal, rehearsed) = await JudgingAsync();
        var answer = new JsonObject();
        foreach (var (field, value) in Contradiction) answer[field] = field == "causeCodes" ? new JsonArray(value) : value;
        var memory = await Assert.ThrowsAsync<FormRejectedException>(async () => await rehearsal.CompleteAsync(rehearsed.OpenTasks.Single(), "部门协同", answer, Ct));
        Assert.Equal(desk.Faults, memory.Faults);
        Assert.Contains("不能协调着绕开", desk.Faults["outcome"], StringComparison.Ordinal);

        // A choice that is not on the list, and a word where a list is wanted, too.
        answer["policyAttribute"] = "MAYBE";
        answer["lawful"] = "YES";
        memory = await Assert.ThrowsAsync<FormRejectedException>(async () => await rehearsal.CompleteAsync(rehearsed.OpenTasks.Single(), "部门协同", answer, Ct));
        Assert.Equal("请从列出的里面选一个。", memory.Faults["policyAttribute"]);
    }

    [Fact(DisplayName = "案卷才知道的规矩，推演里一样管：补正要给时间，没试过办法不能直接说不能办；被拒绝的一步什么也没留下")]
    public async Task What_only_the_file_knows_is_refused_in_a_rehearsal_too()
    {
        var (rehearsal, rehearsed) = await JudgingAsync();
        JsonObject Judged(string outcome, params (string Field, JsonNode Value)[] more)
        {
            var answer = new JsonObject { ["lawful"] = "YES", ["difficulty"] = "Complex", ["policyAttribute"] = "NO_BARRIER", ["causeCodes"] = new JsonArray("MATERIAL"), ["lead"] = "MARKET" };
            foreach (var (field, value) in more) answer[field] = value;
            return answer;
        }

        var today = ShanghaiTime.DayOf(rehearsal.Now);
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await rehearsal.CompleteAsync(
            rehearsed.OpenTasks.Single(), "先补材料", Judged("先补材料", ("supplementItems", "户口簿"), ("supplementBy", $"{today:yyyy-MM-dd}")), Ct));
        Assert.Equal(("supplement.no-time", "supplementBy"), (refused.Code, refused.Field));
        Assert.Single(rehearsed.OpenTasks);
        Assert.DoesNotContain(rehearsed.Journal, j => j.Kind == Desk.Cases.JournalKinds.Judged);

        await rehearsal.CompleteAsync(rehearsed.OpenTasks.Single(), "依法不能办", new JsonObject
        {
            ["lawful"] = "NO", ["legalBasis"] = "《条例》第三条", ["difficulty"] = "Complex", ["policyAttribute"] = "LEGAL_PROHIBITION", ["causeCodes"] = new JsonArray("POLICY"), ["lead"] = "MARKET",
        }, Ct);
        var draft = rehearsed.OpenTasks.Single(t => t.ActivityId == "draft-reply");
        var positive = new JsonObject { ["text"] = "都办成了，请带身份证来领。", ["risk"] = "有，没解决", ["riskHandling"] = "  " };
        refused = await Assert.ThrowsAsync<RefusedException>(async () => await rehearsal.CompleteAsync(draft, "办成了", positive, Ct));
        Assert.Equal("reply.risk-unsaid", refused.Code);
    }

    [Fact(DisplayName = "推演里的人填的表，办事台都收；表单上新加的规矩，照着改")]
    public async Task What_is_filled_in_a_rehearsal_passes()
    {
        var profile = new RehearsalProfile();
        var plans = GeneratedCases.Of(DemoWorld.World, profile, 7, 150, new DateOnly(2026, 3, 2));
        var shipped = Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var report = await Rehearsals.RunAsync(DemoWorld.World, profile, 7, plans, shipped, null, null, Ct);
        Assert.Empty(report.Figures.Troubles);
        Assert.Equal(150, report.Figures.Closed);

        // Recorded answers that a stricter form does not take any more are completed, and called assumed from there on.
        var recorded = plans.Select(p => p with
        {
            Recorded = new Dictionary<string, IReadOnlyList<RecordedStep>> { ["window-task"] = [new RecordedStep("办成了", new JsonObject { ["text"] = "已遮盖" }, TimeSpan.FromMinutes(40))] },
        }).Where(p => p.Seed.Difficulty is Difficulty.Simple).Take(20).ToList();
        var stricter = shipped.Select(t => t.Replace("""\"x-required-for\": {\n    \"text\": [\n      \"办成了\",""", """\"x-required-for\": {\n    \"note\": [\n      \"办成了\"\n    ],\n    \"text\": [\n      \"办成了\",""", StringComparison.Ordinal)).ToList();
        Assert.NotEqual(shipped, stricter);
        var same = await Rehearsals.RunAsync(DemoWorld.World, profile, 7, recorded, shipped, null, null, Ct);
        var more = await Rehearsals.RunAsync(DemoWorld.World, profile, 7, recorded, stricter, null, null, Ct);
        Assert.DoesNotContain(same.Figures.AssumedByActivity, a => a.ActivityId == "window-task");
        var window = more.Figures.AssumedByActivity.Single(a => a.ActivityId == "window-task");
        Assert.Equal((20, 20), (window.Assumed, window.Of));
        Assert.Empty(more.Figures.Troubles);
    }

    [Fact]
    public async Task The_words_that_a_form_may_record_by_are_the_recorders_there_are()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        await using var scope = hall.Services.CreateAsyncScope();
        Assert.Equal(FormRecorders.Names.Order(), scope.ServiceProvider.GetServices<IFormRecorder>().Select(r => r.Name).Order());
    }

    private static async Task<(RehearsalHall Hall, RehearsedCase Case)> JudgingAsync()
    {
        var flows = await RehearsalFlows.OfAsync([.. Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)], Ct);
        var (hall, _, _, _) = flows.Open(DemoWorld.World, new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8)));
        var rehearsed = hall.Accept(new CaseSeed { Difficulty = Difficulty.Complex });
        await hall.StartAsync(rehearsed, "case-handling", null, Ct);
        return (hall, rehearsed);
    }
}
