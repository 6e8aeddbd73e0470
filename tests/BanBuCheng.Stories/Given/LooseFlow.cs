using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Gate;
using BanBuCheng.Stories.House;

namespace BanBuCheng.Stories.Given;

/// <summary>
/// 画得不严的流程 — one task from the side, with a form that forbids nothing: what the desk itself refuses, the shipped forms never let anybody
/// say. Takes the place of 中止计时 among the shipped flows.
/// </summary>
internal sealed class LooseFlow : IDisposable
{
    public const string Title = "随便填一张";

    public LooseFlow(string assignTo, string record, params string[] outcomes) : this(Drawn(assignTo, record, outcomes)) { }

    /// <param name="drawn">Begins with <see cref="Asked"/>.</param>
    public LooseFlow(Sketch drawn)
    {
        Folder = Directory.CreateTempSubdirectory("flows-").FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.Path("workflows"), "*.json"))
            if (Path.GetFileName(file) != "pause.json") File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(Folder, "pause.json"), drawn.Json.ToJsonString());
    }

    /// <summary>What stands first: <c>asked</c>, the request from the side.</summary>
    public static Sketch Asked() => new Sketch("pause", "Side", starts: false)
        .Has("asked", "Elsa.Event", ("customProperties", new JsonObject { ["canStartWorkflow"] = true }), ("eventName", Sketch.Literal(CaseEvents.PauseRequested)));

    public string Folder { get; }

    /// <summary>Somebody asks for it.</summary>
    public static Task BeginsAsync(Hall hall, CaseId caseId) =>
        hall.AsksAsync(caseId, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 5 });

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Sketch Drawn(string assignTo, string record, string[] outcomes)
    {
        var form = new JsonObject { ["type"] = "object", ["x-record"] = new JsonArray(record), ["properties"] = new JsonObject() };
        foreach (var field in new[] { "proposedUnit", "returnBasis", "opinion", "objection", "text", "tried", "basis", "risk" }) form["properties"]![field] = new JsonObject { ["type"] = "string" };
        var sketch = Asked()
            .Has("fill", "BanBuCheng.HumanTask", ("title", Sketch.Literal(Title)), ("assignTo", Sketch.Literal(assignTo)), ("form", Sketch.Literal(form.ToJsonString())),
                ("outcomes", Sketch.Literal(new JsonArray([.. outcomes.Select(o => (JsonNode)o)]).ToJsonString())))
            .Join("met", "WaitAny").Has("end", "Elsa.End");
        return sketch.Wires("asked>fill met>end " + string.Join(' ', outcomes.Select(o => $"fill.{o}>met")));
    }
}
