using System.Net;
using AngleSharp.Html.Dom;
using BanBuCheng.Stories.Pages;
using Xunit;

namespace BanBuCheng.Stories.Designer;

/// <summary>检查那一页上就能发布；发布的正是看的那一份。</summary>
[Collection(nameof(StudioHall))]
public sealed class PublishedFromTheCheck(StudioHall hall)
{
    private const string Flow = "recalculation", Check = $"/flows/{Flow}/check";

    [Fact(DisplayName = "检查通过，就在那一页发布；看的时候草稿又改过了，不发布，请再看一遍")]
    public async Task What_was_seen_is_what_is_published()
    {
        using var studio = await hall.AdministratorAsync();
        var before = (int)(await studio.FlowAsync(Flow, "Published"))["version"]!;
        await ChangeAsync(studio, "第一次改说明。");
        var (seen, token) = await LookAsync(studio);
        Assert.NotNull(seen);
        await ChangeAsync(studio, "又改了一句。");
        var told = await PostAsync(studio, seen, token);
        Assert.Equal(HttpStatusCode.Conflict, studio.Status);
        Assert.Contains("草稿又改过了", told, StringComparison.Ordinal);
        Assert.Equal(before, (int)(await studio.FlowAsync(Flow, "Published"))["version"]!);

        (seen, token) = await LookAsync(studio);
        await PostAsync(studio, seen!, token);
        Assert.Equal(HttpStatusCode.Redirect, studio.Status);
        var published = await studio.FlowAsync(Flow, "Published");
        Assert.Equal((before + 1, "又改了一句。"), ((int)published["version"]!, (string)published["description"]!));
        Assert.Null((await LookAsync(studio)).Seen);
    }

    private static async Task ChangeAsync(StudioUser studio, string description)
    {
        var model = await studio.FlowAsync(Flow);
        model["description"] = description;
        await studio.SaveAsync(model);
        Assert.Equal(HttpStatusCode.OK, studio.Status);
    }

    /// <summary>The mark in the form that publishes; null when there is no such form.</summary>
    private static async Task<(string? Seen, string Token)> LookAsync(StudioUser studio)
    {
        await studio.RawAsync(HttpMethod.Get, Check, null);
        Assert.Equal(HttpStatusCode.OK, studio.Status);
        var page = await PagesHall.ReadAsync(studio.Last);
        return ((page.QuerySelector("input[name=Seen]") as IHtmlInputElement)?.Value, (page.QuerySelector("input[name=__RequestVerificationToken]") as IHtmlInputElement)?.Value ?? "");
    }

    private static async Task<string> PostAsync(StudioUser studio, string seen, string token)
    {
        using var form = new FormUrlEncodedContent([new("Seen", seen), new("__RequestVerificationToken", token)]);
        await studio.RawAsync(HttpMethod.Post, Check, form);
        return await studio.Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
