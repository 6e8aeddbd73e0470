using System.Text.Json.Nodes;

namespace BanBuCheng.Web.Designer;

/// <summary>Everything else that some Studio may ask: reading finds nothing, changing is refused in a form that it can show.</summary>
internal static class QuietAnswers
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-definitions/{definitionId}/execute", (HttpContext http) =>
        {
            http.Response.Headers["x-elsa-workflow-cannot-start"] = "true";
            return Answers.Problem(StatusCodes.Status400BadRequest, "designer.not-here", "流程不在这里试跑：会真的发短信、真的派任务。请用“推演”。");
        });
        api.MapPost("/tests/activities", () => Answers.Problem(StatusCodes.Status400BadRequest, "designer.not-here", "单独一格不在这里试跑。请用“推演”。"));
        api.MapMethods("/{**rest}", ["GET", "HEAD"], () => Answers.Json(new JsonObject { ["items"] = new JsonArray(), ["count"] = 0, ["totalCount"] = 0, ["links"] = new JsonArray() }));
        api.MapMethods("/{**rest}", ["POST", "PUT", "PATCH", "DELETE"], () => Answers.Problem(StatusCodes.Status400BadRequest, "designer.not-here", "这里没有这一项功能。"));
    }
}
