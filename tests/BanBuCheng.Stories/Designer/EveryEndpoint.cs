using System.Net;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>管理员在 Studio 里用得到的每一个接口都真的在，不是“没有这一项功能”；答过的清单，浏览器有了就不再送。</summary>
[Collection(nameof(StudioHall))]
public sealed class EveryEndpoint(StudioHall hall)
{
    private const string Nobody = "019a0000-0000-7000-8000-000000000000";

    [Theory(DisplayName = "接口在")]
    [InlineData("GET", "workflow-definitions?versionOptions=Latest")]
    [InlineData("GET", "workflow-definitions/validation/is-name-unique?name=x")]
    [InlineData("POST", "workflow-definitions")]
    [InlineData("POST", "workflow-definitions/nobody/publish")]
    [InlineData("POST", "workflow-definitions/nobody/retract")]
    [InlineData("POST", "workflow-definitions/nobody/revert/1")]
    [InlineData("DELETE", "workflow-definitions/nobody")]
    [InlineData("DELETE", "workflow-definition-versions/nobody")]
    [InlineData("GET", "workflow-definitions/nobody/export?versionOptions=Latest&includeConsumingWorkflows=False")]
    [InlineData("POST", "workflow-definitions/import")]
    [InlineData("POST", "bulk-actions/publish/workflow-definitions/by-definition-ids")]
    [InlineData("POST", "bulk-actions/retract/workflow-definitions/by-definition-ids")]
    [InlineData("POST", "bulk-actions/delete/workflow-definitions/by-definition-id")]
    [InlineData("POST", "bulk-actions/delete/workflow-definitions/by-id")]
    [InlineData("POST", "bulk-actions/export/workflow-definitions")]
    [InlineData("GET", "workflow-definitions/by-definition-id/nobody?versionOptions=Latest")]
    [InlineData("GET", "workflow-definitions/by-id/nobody")]
    [InlineData("GET", "workflow-definitions/subgraph/nobody?parentNodeId=x")]
    [InlineData("GET", "workflow-definitions/subgraph/segments/nobody?childNodeId=x")]
    [InlineData("GET", "descriptors/activities?Refresh=True")]
    [InlineData("GET", "descriptors/expression-descriptors")]
    [InlineData("GET", "descriptors/workflow-activation-strategies")]
    [InlineData("GET", "descriptors/incident-strategies")]
    [InlineData("GET", "descriptors/log-persistence-strategies")]
    [InlineData("GET", "descriptors/commit-strategies/workflows")]
    [InlineData("GET", "descriptors/commit-strategies/activities")]
    [InlineData("GET", "descriptors/variables")]
    [InlineData("GET", "descriptors/storage-drivers")]
    [InlineData("GET", "descriptors/output-converters")]
    [InlineData("GET", "features/installed")]
    [InlineData("POST", "scripting/javascript/type-definitions/case-handling")]
    [InlineData("POST", "descriptors/activities/BanBuCheng.HumanTask/options/AssignTo")]
    [InlineData("POST", "workflow-instances")]
    [InlineData("POST", $"cancel/workflow-instances/{Nobody}")]
    [InlineData("POST", "bulk-actions/cancel/workflow-instances")]
    [InlineData("DELETE", $"workflow-instances/{Nobody}")]
    [InlineData("POST", "bulk-actions/delete/workflow-instances/by-id")]
    [InlineData("GET", $"workflow-instances/{Nobody}")]
    [InlineData("POST", $"workflow-instances/{Nobody}/journal")]
    [InlineData("GET", $"workflow-instances/{Nobody}/variables")]
    [InlineData("GET", $"workflow-instances/{Nobody}/execution-state")]
    [InlineData("POST", "activity-executions/report")]
    [InlineData("GET", $"activity-executions/list?WorkflowInstanceId={Nobody}&ActivityNodeId=x")]
    [InlineData("GET", $"activity-execution-summaries/list?WorkflowInstanceId={Nobody}&ActivityNodeId=x")]
    [InlineData("GET", "activity-executions/by-id?id=x")]
    [InlineData("GET", "activity-executions/x/call-stack")]
    public async Task Is_there(string method, string path)
    {
        using var studio = await hall.AdministratorAsync();
        JsonNode? answer = method switch { "GET" => await studio.GetAsync(path), "DELETE" => await studio.DeleteAsync(path), _ => await studio.PostAsync(path) };
        // What the fallback says: nothing found, or no such thing here.
        Assert.False(answer is JsonObject quiet && (quiet.ContainsKey("links") && quiet.ContainsKey("count") || (string?)quiet["detail"] == "这里没有这一项功能。"), answer?.ToJsonString());
        Assert.True(studio.Status is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.BadRequest || method == "GET" && studio.Status is HttpStatusCode.NotFound, $"{studio.Status}: {answer?.ToJsonString()}");
    }

    [Fact(DisplayName = "活动清单：压好一次，浏览器说有了就不再送；改一句说明不用重做")]
    public async Task The_palette_is_sent_once()
    {
        using var studio = await hall.AdministratorAsync();
        await studio.GetAsync("descriptors/activities?Refresh=True");
        var tag = studio.Last.Headers.ETag!;
        studio.Says["If-None-Match"] = tag.ToString();
        await studio.GetAsync("descriptors/activities?Refresh=True");
        Assert.Equal(HttpStatusCode.NotModified, studio.Status);

        var model = await studio.FlowAsync("consolidation");
        model["description"] = "换一句说明。";
        await studio.SaveAsync(model);
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        await studio.GetAsync("descriptors/activities?Refresh=True");
        Assert.Equal(HttpStatusCode.NotModified, studio.Status);

        await using var scope = hall.Services.CreateAsyncScope();
        var unit = await scope.ServiceProvider.GetRequiredService<DeskDb>().OfficeUnits.OrderBy(u => u.Code).Where(u => u.Active).Select(u => u.Name).FirstAsync(TestContext.Current.CancellationToken);
        studio.Says.Remove("If-None-Match");
        studio.Says["Accept-Encoding"] = "br";
        var packed = await studio.RawAsync(HttpMethod.Get, "/elsa/api/descriptors/activities?Refresh=True", null);
        Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
        await using var plain = new System.IO.Compression.BrotliStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Contains(unit, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "看实例时的去处：管流程的看得到能做的，还欠着答复就没有“取消”；只能看的人一条也没有")]
    public async Task Ways_on_are_for_operators()
    {
        var number = await hall.CaseAsync();
        await using var scope = hall.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var caseId = await db.Cases.Where(c => c.Number == number).Select(c => c.Id).SingleAsync(TestContext.Current.CancellationToken);
        var correlation = caseId.ToString();
        var main = await db.Set<FlowInstanceRow>().SingleAsync(i => i.CorrelationId == correlation && i.DefinitionId == "case-handling", TestContext.Current.CancellationToken);
        using var studio = await hall.AdministratorAsync();
        var groups = (await studio.GetAsync($"workflow-instances/{main.Id}/ways-on"))["groups"]!.AsArray();
        var only = Assert.Single(groups)!;
        Assert.Contains("还欠着答复，不能取消", (string)only["says"]!, StringComparison.Ordinal);
        Assert.Equal([$"/operations/instances/{main.Id}"], only["ways"]!.AsArray().Select(w => (string)w!["href"]!));

        using var head = await hall.AsAsync("wenjingzhi");
        Assert.Empty((await head.GetAsync($"workflow-instances/{main.Id}/ways-on"))["groups"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, head.Status);
    }
}
