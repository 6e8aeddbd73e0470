using System.Text.Json.Nodes;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;

namespace BanBuCheng.Web.Designer;

/// <summary>Stopping instances. What a case went through is kept: nothing is deleted here.</summary>
internal static class InstanceActs
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id:guid}", async (HttpContext http, StepDoor door, Guid id, CancellationToken ct) =>
        {
            await door.SendAsync(new StopInstance(id), http.Actor(), ct);
            return Results.Text("{}", "application/json");
        });
        api.MapPost("/bulk-actions/cancel/workflow-instances", async (HttpContext http, StepDoor door, CancellationToken ct) =>
        {
            var body = await Answers.BodyAsync(http);
            if (body.Texts("ids") is not { Count: > 0 } ids)
                return Answers.Problem(StatusCodes.Status400BadRequest, "designer.not-here", "不能把一个流程正在走的全部停掉：里面有没办结的办件。请一件一件处理。");
            var (stopped, refused) = (0, new JsonArray());
            foreach (var text in ids)
            {
                try
                {
                    if (Guid.TryParse(text, out var id) && await door.SendAsync(new StopInstance(id), http.Actor(), ct)) stopped++;
                }
                catch (RefusedException no)
                {
                    refused.Add(Texts.RefusalTexts.For(no));
                }
            }

            return Answers.Json(new JsonObject { ["cancelledCount"] = stopped, ["refused"] = refused });
        });
        api.MapDelete("/workflow-instances/{id:guid}", () => Kept());
        api.MapPost("/bulk-actions/delete/workflow-instances/by-id", () => Kept());
    }

    private static IResult Kept() => Answers.Problem(StatusCodes.Status400BadRequest, "flow.has-instances", "办件走过的流程要留档备查，不能删。");
}
