using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>流程实例：找得到，看得清走到哪、在等谁，停不掉没办结的。</summary>
[Collection(nameof(StudioHall))]
public sealed class InstancesAreSeen(StudioHall hall)
{
    [Fact(DisplayName = "一件办件在图上：走过的、正在等的、经过、变量，个人信息看不到")]
    public async Task A_case_on_the_diagram()
    {
        var number = await hall.CaseAsync();
        using var studio = await hall.AdministratorAsync();
        var list = await studio.PostAsync("workflow-instances", Filter(("searchTerm", number), ("definitionIds", new JsonArray("case-handling"))));
        Assert.Empty(Shape.Differences(Shape.InstanceList, list));
        var id = (string)Assert.Single(list["items"]!.AsArray())!["id"]!;

        var whole = await studio.GetAsync($"workflow-instances/{id}");
        Assert.Empty(Shape.Differences(Shape.Instance, whole));
        Assert.DoesNotContain("10012345678", whole.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("安素", System.Text.RegularExpressions.Regex.Unescape(whole.ToJsonString()), StringComparison.Ordinal);
        var waiting = (string)whole["workflowState"]!["bookmarks"]![0]!["activityNodeId"]!;

        Assert.Equal(("Running", "Suspended"), ((string)(await studio.GetAsync($"workflow-instances/{id}/execution-state"))["status"]!, (string)(await studio.GetAsync($"workflow-instances/{id}/execution-state"))["workflowSubStatus"]!));
        Assert.Empty(Shape.Differences(Shape.Values, await studio.GetAsync($"workflow-instances/{id}/variables")));

        var journal = await studio.PostAsync($"workflow-instances/{id}/journal?skip=0&take=1000", JsonNode.Parse("""{"filter":{"activityIds":null,"activityNodeIds":null,"excludedActivityTypes":["Elsa.Workflow","Elsa.Flowchart"],"eventNames":null}}"""));
        Assert.Empty(Shape.Differences(Shape.Journal, journal));
        var sequence = journal["items"]!.AsArray().Select(l => (int)l!["sequence"]!).ToList();
        Assert.Equal(sequence.Order(), sequence);
        Assert.Single((await studio.PostAsync($"workflow-instances/{id}/journal?skip=1&take=1", new JsonObject()))["items"]!.AsArray());
        Assert.Equal(0, (int)(await studio.PostAsync($"workflow-instances/{id}/journal?skip=0&take=10", JsonNode.Parse("""{"filter":{"eventNames":["Faulted"]}}""")))["totalCount"]!);

        var report = await studio.PostAsync("activity-executions/report", new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray("Workflow1:chart:start", waiting) });
        Assert.Empty(Shape.Differences(Shape.Stats, report));
        Assert.Contains(report["stats"]!.AsArray(), s => (string)s!["activityNodeId"]! == waiting && (bool)s["isBlocked"]!);
        Assert.Contains(report["stats"]!.AsArray(), s => (string)s!["activityId"]! == "start" && (int)s["completedCount"]! == 1 && !(bool)s["isBlocked"]!);

        foreach (var node in (string[])["Workflow1", "Workflow1:chart", waiting])
        {
            var runs = await studio.GetAsync($"activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId={node}");
            Assert.Empty(Shape.Differences(Shape.Runs, runs));
            Assert.Null(runs["items"]![0]!["completedAt"]);
        }

        var run = (string)(await studio.GetAsync($"activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1:chart:start"))["items"]![0]!["id"]!;
        Assert.Empty(Shape.Differences(Shape.Run, await studio.GetAsync($"activity-executions/by-id?id={run}")));
        Assert.Empty(Shape.Differences(Shape.CallStack, await studio.GetAsync($"activity-executions/{run}/call-stack?includeCrossWorkflowChain=True&skip=0&take=10")));
        await studio.GetAsync($"workflow-definitions/by-id/{whole["definitionVersionId"]}");
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        await studio.DeleteAsync($"workflow-definition-versions/{whole["definitionVersionId"]}");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
    }

    [Fact(DisplayName = "点进一格环节：里面那张图，往里两层也行；经过里点到里面的一步，一路打开到那里")]
    public async Task A_part_opens()
    {
        var number = await hall.CaseAsync();
        using var studio = await hall.AdministratorAsync();
        var id = (string)(await studio.PostAsync("workflow-instances", Filter(("searchTerm", number), ("definitionIds", new JsonArray("case-handling")))))["items"]![0]!["id"]!;
        var version = (string)(await studio.GetAsync($"workflow-instances/{id}"))["definitionVersionId"]!;

        const string Rounds = "Workflow1:chart:coordination:chart:rounds";
        var box = (await studio.GetAsync($"workflow-definitions/subgraph/{version}?parentNodeId={Uri.EscapeDataString(Rounds)}&instanceId={id}"))["activity"]!;
        Assert.Equal(Rounds, (string)box["nodeId"]!);
        Assert.Equal("Elsa.Flowchart", (string)box["root"]!["type"]!);
        Assert.All(box["root"]!["activities"]!.AsArray(), a => Assert.StartsWith($"{Rounds}:{(string)box["root"]!["id"]!}:", (string)a!["nodeId"]!, StringComparison.Ordinal));

        var way = await studio.GetAsync($"workflow-definitions/subgraph/segments/{version}?childNodeId={Uri.EscapeDataString("Workflow1:chart:triage:chart:judge")}&instanceId={id}");
        Assert.Equal("judge", (string)way["childNode"]!["activity"]!["id"]!);
        Assert.Equal(("Workflow1:chart:triage", "triage", "服务站研判", "Root"),
            ((string)way["pathSegments"]![0]!["activityNodeId"]!, (string)way["pathSegments"]![0]!["activityId"]!, (string)way["pathSegments"]![0]!["activityType"]!, (string)way["pathSegments"]![0]!["portName"]!));
        Assert.Equal("Elsa.Flowchart", (string)way["container"]!["activity"]!["root"]!["type"]!);

        // Only the viewer is told which version a box means; a drawing that can be saved must go on following the newest.
        Assert.NotNull(Triage(await studio.GetAsync($"workflow-definitions/by-id/{version}?instanceId={id}"))["workflowDefinitionVersionId"]);
        Assert.Null(Triage(await studio.GetAsync($"workflow-definitions/by-id/{version}"))["workflowDefinitionVersionId"]);
        await studio.GetAsync($"workflow-definitions/subgraph/{version}?parentNodeId=Workflow1:chart:no-such");
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        Assert.Equal("null", await studio.Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        static JsonNode Triage(JsonNode whole) => whole["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == "triage")!;
    }

    [Fact(DisplayName = "没办结的办件在走的流程停不掉，也删不掉")]
    public async Task An_open_case_is_not_stopped()
    {
        var number = await hall.CaseAsync();
        using var studio = await hall.AdministratorAsync();
        var id = (string)(await studio.PostAsync("workflow-instances", Filter(("searchTerm", number))))["items"]![0]!["id"]!;
        var refused = await studio.PostAsync($"cancel/workflow-instances/{id}");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        Assert.Contains("没有人答复群众", Assert.Single(StudioUser.Said(refused)), StringComparison.Ordinal);
        await studio.DeleteAsync($"workflow-instances/{id}");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        await studio.PostAsync("bulk-actions/cancel/workflow-instances", JsonNode.Parse("""{"definitionVersionId":"case-handling-v1"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        Assert.Equal("Running", (string)(await studio.GetAsync($"workflow-instances/{id}"))["status"]!);
    }

    [Fact(DisplayName = "列表能筛能翻页")]
    public async Task The_list_is_filtered_and_paged()
    {
        await hall.CaseAsync();
        using var studio = await hall.AdministratorAsync();
        var all = await studio.PostAsync("workflow-instances", Filter());
        Assert.True((int)all["totalCount"]! >= 2);
        var first = await studio.PostAsync("workflow-instances", Filter(("pageSize", 1)));
        var second = await studio.PostAsync("workflow-instances", Filter(("pageSize", 1), ("page", 1)));
        Assert.NotEqual((string)first["items"]![0]!["id"]!, (string)second["items"]![0]!["id"]!);
        Assert.Equal(0, (int)(await studio.PostAsync("workflow-instances", Filter(("statuses", new JsonArray("Finished")))))["totalCount"]!);
        Assert.Equal((int)all["totalCount"]!, (int)(await studio.PostAsync("workflow-instances", Filter(("status", "Running"), ("hasIncidents", false))))["totalCount"]!);
        Assert.Equal(0, (int)(await studio.PostAsync("workflow-instances", Filter(("subStatus", "Faulted"))))["totalCount"]!);
        await studio.GetAsync($"workflow-instances/{Guid.Empty}");
        Assert.Equal(HttpStatusCode.NotFound, studio.Status);
    }

    private static JsonObject Filter(params (string Name, JsonNode Value)[] with)
    {
        var filter = JsonNode.Parse("""
            { "page": 0, "pageSize": 10, "searchTerm": "", "definitionId": null, "definitionIds": [], "correlationId": null, "version": null, "hasIncidents": null, "isSystem": false,
              "status": null, "statuses": [], "subStatus": null, "subStatuses": [], "orderBy": null, "orderDirection": "Descending", "timestampFilters": [] }
            """)!.AsObject();
        foreach (var (name, value) in with) filter[name] = value;
        return filter;
    }
}
