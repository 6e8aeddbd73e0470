using System.Net;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Pages;

/// <summary>运维的页：看得见差错，不用脚本也能处理；不归他看的人进不来。</summary>
public sealed class OperationStories(SiteHall site) : IClassFixture<SiteHall>
{
    private const string Broken =
        """
        { "id": "b-1", "definitionId": "broken", "name": "申请延期", "options": {}, "customProperties": { "BanBuCheng.Kind": "Side" },
          "variables": [ { "id": "n", "name": "n", "typeName": "Int32", "value": "1", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ],
          "root": { "id": "main", "type": "Elsa.Sequence", "version": 1, "activities": [
            { "id": "asked", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": true }, "eventName": "case.extension-requested" },
            { "id": "count", "type": "Elsa.WriteLine", "version": 1, "metadata": { "displayText": "数一数" }, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "if (getN() < 5) throw 'too small'; return 'ok'" } } } ] } }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "差错在单子上，点开有原因，填好就处理；漏填的就地说")]
    public async Task An_operator_settles_a_breakdown_on_the_page()
    {
        var number = await site.CaseAsync();
        await site.DoAsync(new ImportFlowFiles([new FlowFile("broken.json", Broken)]), Actor.Clock);
        var id = await site.ReadAsync(db => db.Cases.Where(c => c.Number == number).Select(c => c.Id).SingleAsync(Ct));
        await site.DoAsync(new StartSideFlow(id, CaseEvents.ExtensionRequested, new JsonObject { ["workingDays"] = 1, ["reasonCode"] = "UPPER_LEVEL", ["explanation"] = "请示市局，还没回。" }), await site.PersonAsync("wenjingzhi"));

        using var clerk = await site.ComesInAsync("duanxiaohe");
        await clerk.OpenAsync("/operations");
        Assert.NotEqual(HttpStatusCode.OK, clerk.Status);

        using var visitor = await site.ComesInAsync("lizhixing");
        await visitor.OpenAsync("/operations");
        Assert.Contains("申请延期 › 数一数", visitor.Text, StringComparison.Ordinal);
        Assert.Contains(number, visitor.Text, StringComparison.Ordinal);
        var link = visitor.Page.QuerySelectorAll("a[href^='/operations/incidents/']").Single().GetAttribute("href")!;
        await visitor.OpenAsync(link);
        Assert.Contains("“文字”这一项算不出来", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("too small", visitor.Text, StringComparison.Ordinal);

        await visitor.PostAsync(link, ("Form.Reason", "数字写小了"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.Contains("还没选怎么处理", visitor.Text, StringComparison.Ordinal);
        await visitor.PostAsync(link, ("Form.Act", "repair"), ("Form.Variable", "n"), ("Form.Value", "7"), ("Form.Reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.Contains("还没写为什么", visitor.Text, StringComparison.Ordinal);
        await visitor.PostAsync(link, ("Form.Act", "repair"), ("Form.Variable", "n"), ("Form.Value", "7"), ("Form.Reason", "数字写小了"));
        Assert.Equal("/operations", visitor.SentTo);
        await visitor.OpenAsync("/operations");
        Assert.Contains("没有差错", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync(link);
        Assert.Contains("再试过了", visitor.Text, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "换版本：先试一遍，能换的换过去，报多少件")]
    public async Task Cases_move_on_the_page()
    {
        await site.CaseAsync();
        await site.CaseAsync();
        var changed = PagesFlow.Document.Replace("\"options\":{}", "\"options\":{},\"description\":\"2\"", StringComparison.Ordinal);
        await site.DoAsync(new ImportFlowFiles([new FlowFile("case-handling.json", changed)]), Actor.Clock);
        var versions = await site.ReadAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == "case-handling").OrderBy(d => d.Version).ToListAsync(Ct));

        using var visitor = await site.ComesInAsync("lizhixing");
        await visitor.OpenAsync("/operations/move?flow=case-handling");
        Assert.Contains("从哪一版", visitor.Text, StringComparison.Ordinal);
        var url = $"/operations/move?flow=case-handling&from={versions[0].VersionId}&to={versions[^1].VersionId}";
        await visitor.OpenAsync(url);
        Assert.Contains(visitor.Page.QuerySelectorAll(".tag"), t => t.TextContent.Trim() == "能换");
        await visitor.PostAsync(url, ("flow", "case-handling"), ("from", versions[0].VersionId), ("to", versions[^1].VersionId), ("Reason", ""));
        Assert.True(visitor.Status == HttpStatusCode.UnprocessableEntity, visitor.Text);
        await visitor.PostAsync(url, ("flow", "case-handling"), ("from", versions[0].VersionId), ("to", versions[^1].VersionId), ("Reason", "标题写清楚"));
        Assert.Matches("换好了[1-9][0-9]*件", visitor.Text);
        Assert.Contains("没有要换的", visitor.Text, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Set<FlowInstanceRow>().AnyAsync(i => i.DefinitionVersionId == versions[0].VersionId && i.Status == Engine.Running.FlowStatus.Running, Ct)));
    }
}
