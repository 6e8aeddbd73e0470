using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>
/// Several at once. Studio cannot show a refusal here, so the answer is always 200: what was refused is left out of the good list, and its reasons
/// stand in <c>refused</c>, which the page of ours shows.
/// </summary>
internal static class DefinitionBulk
{
    public static void Map(RouteGroupBuilder api)
    {
        var bulk = api.MapGroup("/bulk-actions");
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", PublishAsync);
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", RetractAsync);
        bulk.MapPost("/delete/workflow-definitions/by-definition-id", async (HttpContext http, StepDoor door, CancellationToken ct) =>
            await DeleteAsync(http, door, (await Answers.BodyAsync(http)).Texts("definitionIds").Select(id => (id, (string?)null)), ct));
        bulk.MapPost("/delete/workflow-definitions/by-id", async (HttpContext http, DeskDb db, StepDoor door, CancellationToken ct) =>
        {
            var ids = (await Answers.BodyAsync(http)).Texts("ids").ToList();
            var heads = await FlowHead.All(db).Where(h => ids.Contains(h.VersionId)).ToListAsync(ct);
            return await DeleteAsync(http, door, heads.Select(h => (h.DefinitionId, (string?)h.VersionId)), ct);
        });
    }

    private static async Task<IResult> PublishAsync(HttpContext http, StepDoor door, CancellationToken ct)
    {
        var (published, already, refused) = (new JsonArray(), new JsonArray(), new JsonArray());
        var unknown = new JsonArray();
        foreach (var id in (await Answers.BodyAsync(http)).Texts("definitionIds"))
        {
            try
            {
                var saved = await door.SendAsync(new PublishFlow(id), http.Actor(), ct);
                if (saved.WasPublishedBefore) already.Add(id);
                else if (!saved.IsRefused) published.Add(id);
                else foreach (var finding in saved.Findings.Where(f => f.IsError)) refused.Add(GateWords.Sentence(finding));
            }
            catch (RefusedException no)
            {
                unknown.Add(id);
                refused.Add(Texts.RefusalTexts.For(no));
            }
        }

        return Answers.Json(new JsonObject { ["published"] = published, ["alreadyPublished"] = already, ["notFound"] = unknown, ["updatedConsumers"] = new JsonArray(), ["refused"] = refused });
    }

    private static async Task<IResult> RetractAsync(HttpContext http, StepDoor door, CancellationToken ct)
    {
        var (retracted, already, unknown) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var id in (await Answers.BodyAsync(http)).Texts("definitionIds"))
        {
            try
            {
                if (await door.SendAsync(new RetractFlow(id), http.Actor(), ct)) retracted.Add(id);
                else already.Add(id);
            }
            catch (RefusedException)
            {
                unknown.Add(id);
            }
        }

        return Answers.Json(new JsonObject { ["retracted"] = retracted, ["alreadyRetracted"] = already, ["notFound"] = unknown });
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, StepDoor door, IEnumerable<(string DefinitionId, string? VersionId)> which, CancellationToken ct)
    {
        var (deleted, refused) = (0, new JsonArray());
        foreach (var (definitionId, versionId) in which)
        {
            try
            {
                await door.SendAsync(new DeleteFlow(definitionId, versionId), http.Actor(), ct);
                deleted++;
            }
            catch (RefusedException no)
            {
                refused.Add(Texts.RefusalTexts.For(no));
            }
        }

        return Answers.Json(new JsonObject { ["deleted"] = deleted, ["refused"] = refused });
    }
}
