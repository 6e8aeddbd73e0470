using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>Everything that changes one definition.</summary>
internal static class DefinitionEdits
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-definitions", SaveAsync);
        api.MapPost("/workflow-definitions/import", ImportAsync);
        api.MapPut("/workflow-definitions/import", ImportAsync);
        api.MapPost("/workflow-definitions/{definitionId}/publish", async (HttpContext http, DeskDb db, StepDoor door, string definitionId, CancellationToken ct) =>
            await AnswerAsync(http, db, await door.SendAsync(new PublishFlow(definitionId), http.Actor(), ct), ct));
        api.MapPost("/workflow-definitions/{definitionId}/retract", async (HttpContext http, DeskDb db, StepDoor door, string definitionId, CancellationToken ct) =>
        {
            await door.SendAsync(new RetractFlow(definitionId), http.Actor(), ct);
            return await DefinitionReads.OneAsync(http, db, definitionId, "Latest", ct);
        });
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", RevertAsync);
        api.MapDelete("/workflow-definitions/{definitionId}", async (HttpContext http, StepDoor door, string definitionId, CancellationToken ct) =>
        {
            await door.SendAsync(new DeleteFlow(definitionId, null), http.Actor(), ct);
            return Results.NoContent();
        });
        api.MapDelete("/workflow-definition-versions/{versionId}", async (HttpContext http, DeskDb db, StepDoor door, string versionId, CancellationToken ct) =>
        {
            var definitionId = await FlowHead.All(db).Where(h => h.VersionId == versionId).Select(h => h.DefinitionId).FirstOrDefaultAsync(ct) ?? throw new RefusedException("flow.version-unknown");
            await door.SendAsync(new DeleteFlow(definitionId, versionId), http.Actor(), ct);
            return Results.NoContent();
        });
    }

    private static async Task<IResult> SaveAsync(HttpContext http, DeskDb db, StepDoor door, CancellationToken ct)
    {
        var body = await Answers.BodyAsync(http);
        var model = body["model"] as JsonObject ?? throw new RefusedException("designer.body");
        var mark = (model["customProperties"] as JsonObject)?.Text(FlowMerge.Mark);
        var saved = await door.SendAsync(new SaveFlow(model.Text("definitionId"), model, model.Text("id"), mark, body.Flag("publish") ?? false), http.Actor(), ct);
        return await AnswerAsync(http, db, saved, ct);
    }

    private static async Task<IResult> ImportAsync(HttpContext http, DeskDb db, StepDoor door, CancellationToken ct)
    {
        var imported = await door.SendAsync(new ImportFlow(await Answers.BodyAsync(http)), http.Actor(), ct);
        return Answers.Json(await DefinitionReads.FullAsync(http, db, imported.Stored.VersionId, ct));
    }

    private static async Task<IResult> RevertAsync(HttpContext http, DeskDb db, StepDoor door, FlowFacts facts, string definitionId, int version, CancellationToken ct)
    {
        var draft = await door.SendAsync(new RevertFlow(definitionId, version), http.Actor(), ct);
        var head = await FlowHead.All(db).SingleAsync(h => h.VersionId == draft.VersionId, ct);
        return Answers.Json(DefinitionShapes.Summary(head, (await facts.OfAsync(db, [head], ct))(head), http.Actor().MayDraw()));
    }

    /// <summary>A refused publication is a 400 with one sentence for each finding; the draft is stored all the same.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext http, DeskDb db, SavedFlow saved, CancellationToken ct)
    {
        if (saved.IsRefused)
            return Answers.Problem(StatusCodes.Status400BadRequest, "flow.refused", [.. saved.Findings.Where(f => f.IsError).Select(GateWords.Sentence)], problem =>
            {
                problem["definitionId"] = saved.Stored.DefinitionId;
                // The draft was stored all the same; Studio reads no document out of a refusal and would be taken for a second editor at its next save.
                problem["revision"] = FlowHead.MarkOf(saved.Stored);
                problem["findings"] = new JsonArray([.. saved.Findings.Select(GateWords.Json)]);
            });
        var answer = DefinitionShapes.Saved(await DefinitionReads.FullAsync(http, db, saved.Stored.VersionId, ct), saved.WasPublishedBefore, saved.Consumers);
        answer["findings"] = new JsonArray([.. saved.Findings.Select(GateWords.Json)]);
        return Answers.Json(answer);
    }
}
