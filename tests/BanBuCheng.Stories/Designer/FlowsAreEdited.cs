using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>改流程：存、发布、退回、导入导出，什么也不丢，谁也盖不掉谁的。</summary>
[Collection(nameof(StudioHall))]
public sealed class FlowsAreEdited(StudioHall hall)
{
    [Fact(DisplayName = "改一个在用的流程，存成新的草稿；在用的那一版一个字也没动")]
    public async Task Editing_what_is_in_force_makes_a_draft()
    {
        using var studio = await hall.AdministratorAsync();
        var flow = await studio.FlowAsync("pause");
        Assert.True((bool)flow["isPublished"]!);
        var same = await studio.SaveAsync(flow);
        Assert.Equal(1, (int)same["workflowDefinition"]!["version"]!);

        Caption(flow, "改过的");
        var saved = await studio.SaveAsync(flow);
        Assert.Empty(Shape.Differences(Shape.Saved, saved));
        Assert.Equal((2, false, true), ((int)saved["workflowDefinition"]!["version"]!, (bool)saved["workflowDefinition"]!["isPublished"]!, (bool)saved["workflowDefinition"]!["isLatest"]!));
        Assert.NotEqual((string)flow["id"]!, (string)saved["workflowDefinition"]!["id"]!);
        Assert.NotEqual("改过的", CaptionOf(await studio.FlowAsync("pause", "Published")));

        // A second change overwrites the draft; a repeated request (Studio repeats what a broken line swallowed) changes nothing.
        var again = saved["workflowDefinition"]!.AsObject();
        Caption(again, "又改过的");
        var second = await studio.SaveAsync(again);
        var repeated = await studio.SaveAsync(again);
        Assert.Equal(2, (int)second["workflowDefinition"]!["version"]!);
        Assert.Equal(second["workflowDefinition"]!.ToJsonString(), repeated["workflowDefinition"]!.ToJsonString());
    }

    [Fact(DisplayName = "两个人改同一份草稿：第二个被告知，第一个的还在")]
    public async Task The_second_of_two_editors_is_told()
    {
        using var first = await hall.AdministratorAsync();
        using var second = await hall.AdministratorAsync();
        var (mine, theirs) = (await first.FlowAsync("withdrawal"), await second.FlowAsync("withdrawal"));
        Caption(mine, "第一个人写的");
        await first.SaveAsync(mine);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Caption(theirs, "第二个人写的");
        var refused = await second.SaveAsync(theirs);
        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Empty(Shape.Differences(Shape.Refused, refused));
        Assert.StartsWith("他人已修改，请刷新", Assert.Single(StudioUser.Said(refused)), StringComparison.Ordinal);
        Assert.Equal("第一个人写的", CaptionOf(await second.FlowAsync("withdrawal")));
    }

    [Fact(DisplayName = "画布空了就不让存：什么也没丢")]
    public async Task An_empty_canvas_is_refused()
    {
        using var studio = await hall.AdministratorAsync();
        var flow = await studio.FlowAsync("extension");
        var boxes = flow["root"]!["activities"]!.AsArray().Count;
        flow["root"]!["activities"] = new JsonArray();
        flow["root"]!["connections"] = new JsonArray();
        var refused = await studio.SaveAsync(flow);
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        Assert.Contains("全没了", Assert.Single(StudioUser.Said(refused)), StringComparison.Ordinal);
        Assert.Equal(boxes, (await studio.FlowAsync("extension"))["root"]!["activities"]!.AsArray().Count);
    }

    [Fact(DisplayName = "认不得的一格照样画得出来，连线和内容都在；Studio 不认的属性存了又回来")]
    public async Task Unknown_things_survive()
    {
        using var studio = await hall.AdministratorAsync();
        var created = await CreateAsync(studio, "有怪东西的流程");
        created["root"]!["activities"] = new JsonArray(Box("start", "Elsa.Start"), Box("odd", "Vendor.Telepathy", ("strength", "9000")), Box("end", "Elsa.End"));
        created["root"]!["connections"] = new JsonArray(Line("start", "Done", "odd"), Line("odd", "听见了", "end"));
        created["variables"] = JsonNode.Parse("""[{"id":"v","name":"v","typeName":"String","isArray":false,"value":null,"storageDriverTypeName":null,"vendorNote":"留着"}]""");
        created["vendorProperty"] = "留着";
        var saved = (await studio.SaveAsync(created))["workflowDefinition"]!.AsObject();

        var odd = (await studio.GetAsync("descriptors/activities"))["items"]!.AsArray().Single(d => (string)d!["typeName"]! == "Vendor.Telepathy")!;
        Assert.Equal((false, "听见了"), ((bool)odd["isBrowsable"]!, (string)odd["ports"]![0]!["name"]!));

        // What Studio sends: no property that it does not know.
        saved.Remove("vendorProperty");
        saved["variables"]![0]!.AsObject().Remove("vendorNote");
        Caption(saved, "挪动过");
        saved = (await studio.SaveAsync(saved))["workflowDefinition"]!.AsObject();
        Assert.Equal("留着", (string)saved["vendorProperty"]!);
        Assert.Equal("留着", (string)saved["variables"]![0]!["vendorNote"]!);
        Assert.Equal("9000", (string)saved["root"]!["activities"]![1]!["strength"]!);
        Assert.Equal(2, saved["root"]!["connections"]!.AsArray().Count);
        Assert.Equal("Workflow1:root:odd", (string)saved["root"]!["activities"]![1]!["nodeId"]!);
    }

    [Fact(DisplayName = "Studio 里头一次填的一项没有写类型：存下时补上，闸门和引擎都看得到，发布得了")]
    public async Task What_is_first_typed_in_Studio_counts()
    {
        using var studio = await hall.AdministratorAsync();
        var flow = await studio.FlowAsync("call-back");
        var call = flow["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == "call")!;
        foreach (var name in (string[])["title", "assignTo", "outcomes"]) call[name]!["typeName"] = null;
        call["within"] = JsonNode.Parse("""{ "typeName": null, "expression": { "type": "Literal", "value": "2" }, "memoryReference": null }""");
        var saved = await studio.SaveAsync(flow, publish: true);
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        call = saved["workflowDefinition"]!["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == "call")!;
        Assert.Equal(["String", "String", "String", "Int32"], ((string[])["title", "assignTo", "outcomes", "within"]).Select(name => (string)call[name]!["typeName"]!));
        // The same once more changes nothing.
        Assert.Equal(2, (int)(await studio.SaveAsync(flow))["workflowDefinition"]!["version"]!);
    }

    [Fact(DisplayName = "每个流程导出的文件都是 Elsa 3.8 的样子")]
    public async Task Every_file_has_the_shape()
    {
        using var studio = await hall.AdministratorAsync();
        foreach (var flow in (await studio.GetAsync("workflow-definitions?versionOptions=Published&PageSize=100"))["items"]!.AsArray())
        {
            var file = (await studio.GetAsync($"workflow-definitions/{(string)flow!["definitionId"]!}/export?versionOptions=Published")).AsObject();
            Assert.Equal("$schema", file.First().Key);
            Assert.Empty(Shape.Differences(Shape.Definition, file));
            // Every input is wrapped as Elsa reads it: a type, and an expression with a kind.
            foreach (var input in file["root"]!["activities"]!.AsArray().SelectMany(a => a!.AsObject()).Select(p => p.Value).OfType<JsonObject>().Where(v => v.ContainsKey("expression")))
                Assert.Empty(Shape.Differences("""{ "typeName": "s", "expression": { "type": "s", "value": "*?" } }""", input));
        }
    }

    [Fact(DisplayName = "发布被拒绝：一处一句，改动存成了草稿，在用的还是老的")]
    public async Task A_refused_publication_keeps_the_draft()
    {
        using var studio = await hall.AdministratorAsync();
        var flow = await studio.FlowAsync("reopening");
        var twin = flow["root"]!["activities"]![0]!.DeepClone();
        flow["root"]!["activities"]!.AsArray().Add(twin);
        var refused = await studio.SaveAsync(flow, publish: true);
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        Assert.Equal("application/problem+json", studio.Last.Content.Headers.ContentType!.MediaType);
        Assert.Empty(Shape.Differences(Shape.Refused, refused));
        Assert.All(StudioUser.Said(refused), s => Assert.StartsWith("没有发布（", s, StringComparison.Ordinal));
        var latest = await studio.FlowAsync("reopening");
        // Whoever was refused is no second editor at their next save.
        Assert.Equal((string)latest["customProperties"]!["BanBuCheng.Revision"]!, (string)refused["revision"]!);
        Assert.Equal((2, false), ((int)latest["version"]!, (bool)latest["isPublished"]!));
        Assert.Equal(1, (int)(await studio.FlowAsync("reopening", "Published"))["version"]!);
        await studio.PostAsync("workflow-definitions/reopening/publish");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        var bulk = await studio.PostAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", JsonNode.Parse("""{"definitionIds":["reopening","supervision","no-such"]}"""));
        Assert.Empty(Shape.Differences("""{ "published": "a", "alreadyPublished": ["s"], "notFound": ["s"], "updatedConsumers": "a", "refused": ["s"] }""", bulk));
        Assert.Equal("supervision", (string)bulk["alreadyPublished"]![0]!);
    }

    [Fact(DisplayName = "导出的文件原样导回来，什么也没变；改一个字再导，是新的草稿，原来的草稿还在下面")]
    public async Task The_same_file_changes_nothing()
    {
        using var studio = await hall.AdministratorAsync();
        var file = (await studio.GetAsync("workflow-definitions/second-handling/export?versionOptions=Latest&includeConsumingWorkflows=False")).AsObject();
        Assert.Equal("$schema", file.First().Key);
        Assert.Empty(Shape.Differences(Shape.Definition, file));
        var before = (await studio.FlowAsync("second-handling")).ToJsonString();
        await studio.PostAsync("workflow-definitions/import", file);
        Assert.Equal(before, (await studio.FlowAsync("second-handling")).ToJsonString());
        // As Studio sends it on: without what it does not know.
        var known = file.DeepClone().AsObject();
        foreach (var name in (string[])["$schema", "isSystem", "materializerContext", "materializerName", "providerName"]) Assert.True(known.Remove(name), name);
        await studio.PostAsync("workflow-definitions/import", known);
        Assert.Equal(before, (await studio.FlowAsync("second-handling")).ToJsonString());

        Caption(file, "从外面改来的");
        Assert.Equal(2, (int)(await studio.PostAsync("workflow-definitions/import", file))["version"]!);
        Caption(file, "又从外面改来的");
        Assert.Equal(3, (int)(await studio.PostAsync("workflow-definitions/import", file))["version"]!);
        Assert.Equal(1, (int)(await studio.FlowAsync("second-handling", "Published"))["version"]!);
        Assert.Equal(3, (int)(await studio.GetAsync("workflow-definitions?versionOptions=AllVersions&DefinitionIds=second-handling"))["totalCount"]!);
    }

    [Fact(DisplayName = "几个流程一起导出成压缩包，可以连同用到它的流程")]
    public async Task Several_come_as_a_zip()
    {
        using var studio = await hall.AdministratorAsync();
        await studio.PostAsync("bulk-actions/export/workflow-definitions", JsonNode.Parse("""{"ids":["committee-escalation-v1","pause-v1"],"includeConsumingWorkflows":true}"""));
        Assert.Equal("application/zip", studio.Last.Content.Headers.ContentType!.MediaType);
        await using var body = await studio.Last.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(body);
        Assert.Equal(["case-handling.json", "committee-escalation.json", "pause.json", "second-handling.json"], zip.Entries.Select(e => e.Name).Order());
    }

    [Fact(DisplayName = "退回到老的一版：是一份新草稿，没写完的草稿还在；发布了它，就又是老样子")]
    public async Task Going_back_is_a_new_draft()
    {
        using var studio = await hall.AdministratorAsync();
        var flow = await studio.FlowAsync("consolidation"); // no case of this hall goes by it, so its versions may go
        var old = Drawing(flow);
        Caption(flow, "没写完的");
        await studio.SaveAsync(flow);
        var back = await studio.PostAsync("workflow-definitions/consolidation/revert/1");
        Assert.Empty(Shape.Differences(Shape.Summary, back));
        Assert.Equal(3, (int)back["version"]!);
        var versions = (await studio.GetAsync("workflow-definitions?versionOptions=AllVersions&DefinitionIds=consolidation&OrderBy=Version&OrderDirection=Descending"))["items"]!.AsArray();
        Assert.Equal([3, 2, 1], versions.Select(v => (int)v!["version"]!));
        var published = await studio.PostAsync("workflow-definitions/consolidation/publish");
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        Assert.Empty(Shape.Differences(Shape.Saved, published));
        Assert.Equal(old, Drawing(await studio.FlowAsync("consolidation", "Published")));
        Assert.True((bool)(await studio.PostAsync("workflow-definitions/consolidation/publish"))["alreadyPublished"]!);

        await studio.DeleteAsync($"workflow-definition-versions/{versions[1]!["id"]}");
        Assert.True(studio.Last.IsSuccessStatusCode);
        await studio.DeleteAsync("workflow-definition-versions/consolidation-v1");
        Assert.Equal(HttpStatusCode.NoContent, studio.Status);
        await studio.DeleteAsync($"workflow-definition-versions/{back["id"]}");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
    }

    [Fact(DisplayName = "新建、改名、取消发布、删除；名称不能和别的流程一样，在用的和有人用的不能删")]
    public async Task A_flow_from_its_birth_to_its_end()
    {
        using var studio = await hall.AdministratorAsync();
        var created = await CreateAsync(studio, "练手");
        var id = (string)created["definitionId"]!;
        await studio.PostAsync("workflow-definitions", Creation("练手"));
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        Assert.False((bool)(await studio.GetAsync("workflow-definitions/validation/is-name-unique?name=练手"))["isUnique"]!);
        Assert.True((bool)(await studio.GetAsync($"workflow-definitions/validation/is-name-unique?name=练手&definitionId={id}"))["isUnique"]!);
        await studio.DeleteAsync("workflow-definitions/station-triage");
        Assert.Equal(HttpStatusCode.BadRequest, studio.Status);
        await studio.DeleteAsync($"workflow-definitions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, studio.Status);
        await studio.GetAsync($"workflow-definitions/by-definition-id/{id}");
        Assert.Equal(HttpStatusCode.NotFound, studio.Status);

        var sequence = Creation("一步接一步");
        sequence["model"]!["root"]!["type"] = "Elsa.Sequence";
        Assert.Contains("流程图", Assert.Single(StudioUser.Said(await studio.PostAsync("workflow-definitions", sequence))), StringComparison.Ordinal);
    }

    private static JsonObject Creation(string name) => JsonNode.Parse($$"""
        { "model": { "definitionId": null, "name": "{{name}}", "description": null, "toolVersion": "3.8.0.0", "variables": null, "inputs": null, "outputs": null, "outcomes": null,
          "customProperties": null, "isReadonly": false, "options": null, "root": { "id": "root", "type": "Elsa.Flowchart", "version": 1, "name": "Flowchart1" }, "links": null,
          "createdAt": "0001-01-01T00:00:00+00:00", "version": 1, "isLatest": true, "isPublished": false, "id": null }, "publish": null }
        """)!.AsObject();

    private static async Task<JsonObject> CreateAsync(StudioUser studio, string name) => (await studio.PostAsync("workflow-definitions", Creation(name)))["workflowDefinition"]!.AsObject();

    private static void Caption(JsonObject flow, string text) => flow["root"]!["activities"]![0]!["metadata"]!["displayText"] = text;

    private static string CaptionOf(JsonObject flow) => (string)flow["root"]!["activities"]![0]!["metadata"]!["displayText"]!;

    private static string Drawing(JsonObject flow) => flow["root"]!["activities"]!.ToJsonString();

    private static JsonObject Box(string id, string type, params (string Name, string Value)[] more)
    {
        var box = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = id, ["metadata"] = JsonNode.Parse("""{"designer":{"position":{"x":1,"y":2}}}""") };
        foreach (var (name, value) in more) box[name] = value;
        return box;
    }

    private static JsonObject Line(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
