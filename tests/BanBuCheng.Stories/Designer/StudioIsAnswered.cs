using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BanBuCheng.Engine;
using BanBuCheng.Web.Designer;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>设计器要什么，服务端就答什么：每个答复的每个名字、每种值都是 Studio 认的。</summary>
[Collection(nameof(StudioHall))]
public sealed partial class StudioIsAnswered(StudioHall hall)
{
    [Theory(DisplayName = "读的答复都是 Studio 认的样子")]
    [InlineData("workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderBy=Name&OrderDirection=Ascending", Shape.DefinitionList)]
    [InlineData("workflow-definitions?versionOptions=AllVersions&DefinitionIds=case-handling&OrderBy=Version&OrderDirection=Descending", Shape.DefinitionList)]
    [InlineData("workflow-definitions?versionOptions=&Ids=case-handling-v1", Shape.DefinitionList)]
    [InlineData("workflow-definitions/by-definition-id/supervision?versionOptions=Latest", Shape.Definition)]
    [InlineData("workflow-definitions/by-id/case-handling-v1", Shape.Definition)]
    [InlineData("workflow-definitions/validation/is-name-unique?name=没有这个&definitionId=", """{ "isUnique": "b" }""")]
    [InlineData("descriptors/activities?Refresh=True", Shape.Descriptors)]
    [InlineData("descriptors/expression-descriptors", Shape.Expressions)]
    [InlineData("descriptors/workflow-activation-strategies", Shape.Strategies)]
    [InlineData("descriptors/incident-strategies", Shape.Strategies)]
    [InlineData("descriptors/log-persistence-strategies", Shape.Strategies)]
    [InlineData("descriptors/commit-strategies/workflows", Shape.Commits)]
    [InlineData("descriptors/commit-strategies/activities", Shape.Commits)]
    [InlineData("descriptors/variables", Shape.VariableTypes)]
    [InlineData("descriptors/storage-drivers", Shape.Drivers)]
    [InlineData("features/installed", Shape.Features)]
    public async Task Reading(string path, string shape)
    {
        using var studio = await hall.AdministratorAsync();
        var answer = await studio.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        Assert.Empty(Shape.Differences(shape, answer));
    }

    [Fact(DisplayName = "每个流程、每一版的每一格都在活动清单里，一个也不重复")]
    public async Task Every_box_has_a_descriptor()
    {
        using var studio = await hall.AdministratorAsync();
        var known = (await studio.GetAsync("descriptors/activities"))["items"]!.AsArray().Select(d => (d!["typeName"]!.GetValue<string>(), d["version"]!.GetValue<int>())).ToList();
        Assert.Equal(known.Count, known.Distinct().Count());
        foreach (var head in (await studio.GetAsync("workflow-definitions?versionOptions=AllVersions"))["items"]!.AsArray())
        {
            var flow = await studio.GetAsync($"workflow-definitions/by-id/{head!["id"]}");
            foreach (var box in flow["root"]!["activities"]!.AsArray()) Assert.Contains((box!["type"]!.GetValue<string>(), box["version"]!.GetValue<int>()), known);
        }
    }

    [Fact(DisplayName = "活动清单里的每一个名称、说明、分类、出口都是中文")]
    public async Task Every_caption_is_chinese()
    {
        using var studio = await hall.AdministratorAsync();
        var english = new List<string>();
        foreach (var item in (await studio.GetAsync("descriptors/activities"))["items"]!.AsArray())
        {
            var type = item!["typeName"]!.GetValue<string>();
            Look(item, type, "displayName", "description", "category");
            foreach (var input in item["inputs"]!.AsArray()) Look(input!, $"{type}.{input!["name"]}", "displayName", "description");
            foreach (var output in item["outputs"]!.AsArray()) Look(output!, $"{type}.{output!["name"]}", "displayName");
            foreach (var port in item["ports"]!.AsArray()) Look(port!, $"{type}:{port!["name"]}", "displayName");
        }

        Assert.Empty(english);

        void Look(JsonNode node, string where, params string[] names)
        {
            foreach (var name in names)
                if (!Chinese().IsMatch(node[name]?.GetValue<string>() ?? "")) english.Add($"{where} {name}: {node[name]}");
        }
    }

    [Fact(DisplayName = "写给画图的人的话没有多余的：每一句都有它说的那一格")]
    public void No_hint_without_its_box()
    {
        var all = hall.Services.GetRequiredService<ActivityCatalogue>().All;
        Assert.Empty(PaletteWords.Activities.Keys.Except(all.Select(a => a.Type)));
        Assert.Empty(PaletteWords.Inputs.Keys.Except(all.SelectMany(a => a.Inputs.SelectMany(i => new[] { i.Name, $"{a.Type}.{i.Name}" }))));
    }

    [Fact(DisplayName = "下拉里是这个大厅的岗位、单位、人员、模板、情形")]
    public async Task Drop_downs_know_the_desk()
    {
        using var studio = await hall.AdministratorAsync();
        var items = (await studio.GetAsync("descriptors/activities"))["items"]!.AsArray();
        var assignees = Options("BanBuCheng.HumanTask", "AssignTo");
        Assert.Contains(assignees, o => o.Value == "role:STATION_HEAD" && o.Text.Trim() == "岗位：服务站站长");
        // Studio sorts them by the text whatever it is told: posts come first all the same.
        Assert.All(assignees.OrderBy(o => o.Text, StringComparer.Ordinal).Take(assignees.Count(o => o.Value.StartsWith("role:", StringComparison.Ordinal))), o => Assert.StartsWith("role:", o.Value, StringComparison.Ordinal));
        Assert.Contains(Options("BanBuCheng.HumanTask", "AssignTo"), o => o.Value == "unit:MARKET");
        Assert.Contains(Options("BanBuCheng.HumanTask", "AssignTo"), o => o.Value == "person:wenjingzhi" && o.Text.Contains("温敬之", StringComparison.Ordinal));
        Assert.Contains(("受理", "ACCEPTED"), Options("BanBuCheng.SendSms", "Template"));
        Assert.Contains(("等群众补材料", "SUPPLEMENT"), Options("BanBuCheng.SuspendClock", "ReasonCode"));
        Assert.Contains(("需联席会商", "JOINT_MEETING"), Options("BanBuCheng.ExtendDeadline", "ReasonCode"));
        Assert.Contains(("复杂", "Complex"), Options("BanBuCheng.StartClock", "Difficulty"));
        Assert.Equal(8, Options("BanBuCheng.DeliverReply", "Outcome").Count);
        Assert.Equal(6, Options("BanBuCheng.SetStage", "Stage").Count);
        var outcomes = Input("BanBuCheng.HumanTask", "Outcomes");
        Assert.Equal("dynamic-outcomes", outcomes["uiHint"]!.GetValue<string>());
        Assert.Equal("逾期", outcomes["uiSpecifications"]!["DynamicOutcomesOptions"]!["fixedOutcomes"]![0]!.GetValue<string>());
        Assert.Equal(Input("BanBuCheng.HumanTask", "AssignTo")["uiSpecifications"]!.ToJsonString(), (await studio.PostAsync("descriptors/activities/BanBuCheng.HumanTask/options/AssignTo", JsonNode.Parse("""{"context":{}}""")))["items"]!.ToJsonString());

        JsonNode Input(string type, string name) => items.Single(i => i!["typeName"]!.GetValue<string>() == type)!["inputs"]!.AsArray().Single(i => i!["name"]!.GetValue<string>() == name)!;

        List<(string Text, string Value)> Options(string type, string name) =>
            [.. Input(type, name)["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(o => (o!["text"]!.GetValue<string>(), o["value"]!.GetValue<string>()))];
    }

    [Fact(DisplayName = "环节可以当一格用：出口是它的结果，带着它是哪个流程的哪一版")]
    public async Task A_part_is_an_activity()
    {
        using var studio = await hall.AdministratorAsync();
        var part = (await studio.GetAsync("descriptors/activities"))["items"]!.AsArray().Single(i => i!["typeName"]!.GetValue<string>() == "服务站研判")!;
        Assert.Equal(["可以协调", "直接答复"], part["ports"]!.AsArray().Where(p => (string)p!["type"]! == "Flow").Select(p => p!["name"]!.GetValue<string>()));
        Assert.Equal("station-triage", part["constructionProperties"]!["workflowDefinitionId"]!.GetValue<string>());
        Assert.Equal("station-triage-v1", part["constructionProperties"]!["workflowDefinitionVersionId"]!.GetValue<string>());
        Assert.True(part["isBrowsable"]!.GetValue<bool>());
    }

    [Fact(DisplayName = "写脚本时认得变量、输入和办件")]
    public async Task Scripts_are_completed()
    {
        using var studio = await hall.AdministratorAsync();
        var text = (await studio.PostAsync("scripting/javascript/type-definitions/supervision", JsonNode.Parse("""{"workflowDefinitionId":"supervision","activityTypeName":"Elsa.FlowDecision","propertyName":"Condition"}"""))).GetValue<string>();
        Assert.Contains("declare const serviceCase", text, StringComparison.Ordinal);
        Assert.Contains("declare function getRemindAt(): number;", text, StringComparison.Ordinal);
        Assert.Contains("declare const variables", (await studio.PostAsync("scripting/javascript/type-definitions/reply-and-explain")).GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory(DisplayName = "没有的功能：读到空，改被拒绝，Studio 都显示得出来")]
    [InlineData("labels")]
    [InlineData("resilience/strategies?category=Default")]
    [InlineData("alterations/anything")]
    public async Task The_rest_is_quiet(string path)
    {
        using var studio = await hall.AdministratorAsync();
        Assert.Empty((await studio.GetAsync(path))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        var refused = await studio.PostAsync("alterations/run");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        Assert.Empty(Shape.Differences(Shape.Refused, refused));
    }

    [GeneratedRegex(@"[\u4e00-\u9fff]|^JavaScript$|^JSON$")]
    private static partial Regex Chinese();
}
