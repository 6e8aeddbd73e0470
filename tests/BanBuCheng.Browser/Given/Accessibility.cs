using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Given;

/// <summary>无障碍 — what axe finds on a page against WCAG 2.2 AA and its own good practice.</summary>
public static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>Each violation in one line: the rule, what it wants, where.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        var result = await page.RunAxe(Rules);
        return
        [
            .. from violation in result.Violations
               from node in violation.Nodes
               select $"{violation.Id} ({violation.Impact}): {violation.Help} — {node.Target}",
        ];
    }

    /// <summary>Fails with the list when there is anything.</summary>
    public static async Task HoldsAsync(IPage page)
    {
        var violations = await ViolationsAsync(page);
        Assert.True(violations.Count == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }
}
