using System.Text.RegularExpressions;

namespace BanBuCheng.Bench;

/// <summary>The pages people open all day, each by somebody of the demo hall who may, on a case that has come far.</summary>
internal static partial class PageList
{
    /// <summary>A case with a long file: everybody has had it.</summary>
    public const string LongCase = "SELECT number FROM cases ORDER BY (SELECT count(*) FROM case_journal j WHERE j.case_id = cases.id) DESC LIMIT 1";

    public static IReadOnlyList<Page> Of(string number) =>
    [
        new("entrance", null, "/"),
        new("inbox, station head", "wenjingzhi", "/inbox"),
        new("inbox, window", "duanxiaohe", "/inbox"),
        new("task", "wenjingzhi", "/inbox", "/tasks/"),
        new("case", "wenjingzhi", $"/cases/{number}"),
        new("case, why this date", "wenjingzhi", $"/cases/{number}/why"),
        new("ledger", "moqing", "/cases"),
        new("ledger, somebody of a department", "qiumingyuan", "/cases"),
        new("intake form", "duanxiaohe", "/intake/new"),
        new("messages", "duanxiaohe", "/messages"),
        new("policy", "lizhixing", "/policy"),
        new("flows", "lizhixing", "/flows"),
        new("look-up, asked", null, "/q"),
        new("look-up, answered", null, "/q/case", IsAnswer: true),
        new("look-up, why this date", null, "/q/why", IsAnswer: true),
        new("health", null, "/health"),
    ];

    /// <summary>Goes in as the page's person and finds the page's address (for a task, the first one of the list).</summary>
    public static async Task<string?> FindAsync(Page page, Visitor visitor, string number)
    {
        if (page.Login is { } login) await visitor.EnterAsync(login);
        if (page.IsAnswer && !await AskAsync(visitor, number)) return null;
        if (page.Links is not { } links) return page.Path;
        foreach (var list in new[] { page.Path, page.Path + "?queue=group", page.Path + "?q=group" })
        {
            if (Regex.Match(await visitor.OpenAsync(list), $"href=\"({Regex.Escape(links)}[0-9a-f-]{{36}})") is { Success: true } match) return match.Groups[1].Value;
        }

        return null;
    }

    /// <summary>The query code stands in the demo's own list of messages.</summary>
    private static async Task<bool> AskAsync(Visitor visitor, string number)
    {
        await visitor.EnterAsync("duanxiaohe");
        string? path = "/messages";
        for (var turns = 0; path is not null && turns < 40; turns++)
        {
            var list = await visitor.OpenAsync(path);
            if (Regex.Match(list, $"编号{number}，查询码([0-9]{{6}})") is { Success: true } found)
            {
                await visitor.OpenAsync("/q");
                await visitor.PostAsync("/q", ("No", number), ("Code", found.Groups[1].Value));
                return visitor.Status is System.Net.HttpStatusCode.Redirect;
            }

            path = Older().Match(list) is { Success: true } older ? System.Net.WebUtility.HtmlDecode(older.Groups[1].Value) : null;
        }

        return false;
    }

    [GeneratedRegex("""href="(/messages\?before=[^"]+)""")]
    private static partial Regex Older();
}

/// <param name="Links">Not this page is meant but the first one it links to below this path.</param>
/// <param name="IsAnswer">The look-up must have been asked before.</param>
internal sealed record Page(string Name, string? Login, string Path, string? Links = null, bool IsAnswer = false);
