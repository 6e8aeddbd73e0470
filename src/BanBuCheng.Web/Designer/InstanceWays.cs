using System.Text.Json.Nodes;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Pages.Operations;
using BanBuCheng.Web.SignIn;

namespace BanBuCheng.Web.Designer;

/// <summary>
/// What can be done with the flow that the viewer shows, told in the page's head: each way leads to a page of ours where the reason is asked for and
/// written down. Studio has no place for retrying, skipping and moving; only what would not be refused is offered.
/// </summary>
internal static class InstanceWays
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/workflow-instances/{id:guid}/ways-on", async (HttpContext http, InstanceOffers offers, Guid id, CancellationToken ct) =>
    {
        var offer = await offers.OfAsync(id, ct) ?? throw new RefusedException("flow.instance-unknown");
        var groups = http.Actor().Roles.Overlaps(Roles.Operators) ? Groups(offer) : [];
        return Answers.Json(new JsonObject { ["groups"] = new JsonArray([.. groups]) });
    });

    private static IEnumerable<JsonNode> Groups(InstanceOffer offer)
    {
        var id = offer.Row.Id;
        foreach (var trouble in offer.Troubles)
        {
            var page = $"/operations/incidents/{trouble.Incident.Id}?from=viewer&act=";
            yield return Group("bad", $"“{trouble.Place.Caption}”出了差错：{OperationWords.Trouble(trouble.Incident.Type, trouble.Incident.Message)}",
            [
                trouble.Steps.Count > 0 ? ("从某一步接着走", page + IncidentModel.GoOn) : ("再试一次", page + IncidentModel.Retry),
                .. trouble.Variables.Count > 0 && trouble.Steps.Count == 0 ? [("改好变量再试", page + IncidentModel.Repair)] : ((string, string)[])[],
                .. NeverSkipped.Allows(trouble) ? [("跳过这一步", page + IncidentModel.Skip)] : ((string, string)[])[],
            ]);
        }

        var moves = offer.Newer is { } newer
            ? [($"试着换到第{newer.Version}版", $"/operations/move?flow={Uri.EscapeDataString(offer.Row.DefinitionId)}&from={Uri.EscapeDataString(offer.Row.DefinitionVersionId)}&to={Uri.EscapeDataString(newer.VersionId)}&one={id}")]
            : ((string, string)[])[];
        yield return Group("plain", Says(offer),
        [
            .. moves, .. offer.MayCancel ? [("取消这个流程", $"/operations/instances/{id}#cancel")] : ((string, string)[])[], ("它的处理页", $"/operations/instances/{id}"),
        ]);
    }

    private static string Says(InstanceOffer offer)
    {
        if (!offer.IsRunning) return offer.Row.SubStatus == FlowSubStatus.Cancelled ? "这个流程已经取消了，没有要处理的。" : "这个流程走完了，没有要处理的。";
        var version = offer.Newer is { } newer ? $"走的是第{offer.Row.DefinitionVersion}版，在用的是第{newer.Version}版" : "走的就是在用的这一版";
        return $"{(offer.Troubles.Count == 0 ? "没有差错，" : "")}{version}{(offer.MayCancel ? "。" : "；还欠着答复，不能取消。")}";
    }

    private static JsonObject Group(string tone, string says, IEnumerable<(string Text, string Href)> ways) => new()
    {
        ["tone"] = tone, ["says"] = says, ["ways"] = new JsonArray([.. ways.Select(w => new JsonObject { ["text"] = w.Text, ["href"] = w.Href })]),
    };
}
