using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using CsCheck;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>Reading and writing a document loses nothing, writes one form, and changes only the lines of what changed.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Words = ["x", "Acme.More", "中文", "$ref", "a b", "", "__proto__", "id2"];

    /// <summary>Any JSON a tool of somebody else's may have put there.</summary>
    private static Gen<JsonNode?> Foreign(int depth) => depth == 0
        ? Gen.OneOf(Gen.String.Select(s => (JsonNode?)JsonValue.Create(WellFormed(s))), Gen.Int.Select(i => (JsonNode?)JsonValue.Create(i)), Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
            Gen.Double[-1e6, 1e6].Select(d => (JsonNode?)JsonValue.Create(d)), Gen.Const((JsonNode?)null))
        : Gen.Frequency((3, Foreign(0)), (1, Foreign(depth - 1).List[0, 3].Select(l => (JsonNode?)new JsonArray([.. l.Select(n => n?.DeepClone())]))), (1, Members(depth - 1).Select(o => (JsonNode?)o)));

    private static Gen<JsonObject> Members(int depth) => Gen.Select(Gen.Int[0, Words.Length - 1].Select(i => Words[i]), Foreign(depth)).List[0, 3].Select(list =>
    {
        var json = new JsonObject();
        foreach (var (name, value) in list) json[name] = value?.DeepClone();
        return json;
    });

    private static Gen<JsonObject> Activity(int depth) => Gen.Select(Gen.Int[0, 5], Members(2), Members(1), Gen.Int[1, 9_999]).SelectMany((kind, more, custom, number) =>
    {
        var json = new JsonObject();
        foreach (var (name, value) in more) json[name] = value?.DeepClone();
        json["metadata"] = custom.DeepClone();
        json["id"] = $"A{number}";
        json["customProperties"] = custom.DeepClone();
        if (depth == 0 || kind == 0)
        {
            json["text"] = new JsonObject { ["typeName"] = "String", ["extra"] = more.Count, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "t", ["more"] = 1 } };
            json["type"] = kind < 3 ? "Elsa.WriteLine" : "Acme.Unknown";
            return Gen.Const(json);
        }
        return Activity(depth - 1).List[0, 3].Select(children =>
        {
            var copy = json.DeepClone().AsObject();
            switch (kind)
            {
                case 1:
                    copy["connections"] = new JsonArray(new JsonObject { ["source"] = new JsonObject { ["activity"] = "gone", ["x"] = 1 }, ["target"] = new JsonObject { ["activity"] = "gone" }, ["vertices"] = new JsonArray() });
                    copy["activities"] = new JsonArray([.. children.Select(c => c.DeepClone())]);
                    copy["type"] = "Elsa.Flowchart";
                    break;
                case 2: copy["cases"] = new JsonArray([.. children.Select(c => new JsonObject { ["label"] = "l", ["mine"] = 1, ["activity"] = c.DeepClone() })]); copy["type"] = "Elsa.Switch"; break;
                case 3: copy["branches"] = new JsonArray([.. children.Select(c => c.DeepClone())]); copy["type"] = "Elsa.Fork"; break;
                default:
                    if (children.Count > 0) copy["body"] = children[0].DeepClone();
                    copy["type"] = "Elsa.While";
                    break;
            }
            return copy;
        });
    });

    private static Gen<JsonObject> Document => Gen.Select(Members(3), Activity(3), Members(1)).Select((more, root, options) =>
    {
        var json = more.DeepClone().AsObject();
        json["root"] = root.DeepClone();
        json["options"] = options.DeepClone();
        json["variables"] = new JsonArray(new JsonObject { ["name"] = "v", ["typeName"] = "Nonsense", ["mine"] = 1 });
        json["definitionId"] = "wf";
        json["id"] = "wf-1";
        return json;
    });

    [Fact]
    public void Reading_and_writing_loses_nothing_and_writing_again_changes_nothing() => Document.Sample(json =>
    {
        var read = FlowReader.Read(json.ToJsonString());
        var written = FlowWriter.Write(read.Document!);
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(written)));
        Assert.Equal(written, FlowWriter.Write(FlowReader.Read(written).Document!));
    }, iter: 700, print: j => j.ToJsonString());

    [Fact]
    public void What_stood_in_another_order_is_written_alike() => Document.Sample(json =>
    {
        var turned = new JsonObject();
        foreach (var name in (string[])["root", "options", "variables", "definitionId", "id"]) turned[name] = json[name]!.DeepClone();
        var other = new JsonObject();
        foreach (var (name, value) in turned.Reverse()) other[name] = value!.DeepClone();
        Assert.Equal(FlowWriter.Write(turned), FlowWriter.Write(other));
    }, iter: 300);

    [Fact]
    public void The_set_of_cases_comes_back_as_it_was()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Conformance"), "workflow*.json", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var written = FlowWriter.Write(FlowReader.Read(text).Document!);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)), file);
            Assert.Equal(written, FlowWriter.Write(FlowReader.Read(written).Document!));
        }
    }

    [Fact]
    public void Another_input_is_another_line_and_a_new_box_only_new_lines() => Document.Sample(json =>
    {
        var before = FlowWriter.Write(json).Split('\n');
        var changed = json.DeepClone().AsObject();
        var boxes = Boxes(changed["root"]!.AsObject()).ToList();
        if (boxes.Find(b => b["text"] is not null) is { } box)
        {
            box["text"]!["expression"]!["value"] = "something else";
            var after = FlowWriter.Write(changed).Split('\n');
            Assert.Equal(before.Length, after.Length);
            Assert.Single(before.Zip(after), pair => pair.First != pair.Second);
        }
        if (boxes.Find(b => b["activities"] is JsonArray { Count: > 0 }) is not { } chart) return;
        var now = FlowWriter.Write(changed).Split('\n');
        chart["activities"]!.AsArray().Add(new JsonObject { ["type"] = "Elsa.End", ["id"] = "new" });
        var grown = FlowWriter.Write(changed).Split('\n');
        // All old lines are there in their order, but that the one before has a comma now.
        var at = 0;
        foreach (var line in grown)
            if (at < now.Length && (line == now[at] || line == now[at] + ",")) at++;
        Assert.Equal(now.Length, at);
    }, iter: 250);

    private static IEnumerable<JsonObject> Boxes(JsonObject box)
    {
        yield return box;
        foreach (var name in (string[])["activities", "branches"])
            foreach (var child in (box[name] as JsonArray ?? []).OfType<JsonObject>())
                foreach (var inner in Boxes(child)) yield return inner;
        if (box["body"] is JsonObject body)
            foreach (var inner in Boxes(body)) yield return inner;
    }

    /// <summary>A lone half of a surrogate pair cannot be written as JSON at all.</summary>
    private static string WellFormed(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
