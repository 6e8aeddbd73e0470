using BanBuCheng.Browser.Given;
using BanBuCheng.Browser.Hall;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Flows;

/// <summary>A draft that would leave a citizen without an answer: the check page tells the story and draws its way, the comparison says what was changed and shows it by colour.</summary>
[Collection(nameof(OpenHall))]
public sealed class BrokenDraft(OpenHall hall)
{
    /// <summary>The save that the designer makes, without the designer.</summary>
    private const string Break =
        """
        async () => {
          const flow = await (await fetch('/elsa/api/workflow-definitions/by-definition-id/reply-and-explain?versionOptions=Latest')).json();
          flow.root.connections = flow.root.connections.filter(c => !(c.source.activity === 'sign' && c.source.port === '办成一部分'));
          flow.root.activities.find(a => a.id === 'sign').within.expression.value = 2;
          const saved = await (await fetch('/elsa/api/workflow-definitions', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ model: flow, publish: false }) })).json();
          return saved.workflowDefinition.id;
        }
        """;

    [Fact(DisplayName = "弄坏的草稿：检查页讲故事、画出那条路；比较页一句句写改了什么，图上标颜色")]
    public async Task It_is_told_and_drawn()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "栗知行");
        await visitor.GoAsync("flows");
        var draft = await visitor.Page.EvaluateAsync<string>(Break);
        try
        {
            await visitor.GoAsync("flows/reply-and-explain/check");
            await visitor.SeesAsync("不能发布");
            await visitor.SeesAsync("照着这个故事在引擎里走过一遍，就是这样。");
            await Assertions.Expect(visitor.Page.Locator(".crumb .bad").First).ToBeVisibleAsync();
            await Assertions.Expect(visitor.Page.Locator(".story .chart-flow").First).ToBeVisibleAsync();
            await OpensAtTheMarkAsync(visitor.Page);
            await BothSizes.AreGoodAsync(visitor, "flow-check-refused");

            await visitor.GoAsync("flows/reply-and-explain/changes");
            await visitor.SeesAsync("2 个工作日");
            await OpensAtTheMarkAsync(visitor.Page);
            await BothSizes.AreGoodAsync(visitor, "flow-changes");
        }
        finally
        {
            await visitor.Page.EvaluateAsync("id => fetch(`/elsa/api/workflow-definition-versions/${id}`, { method: 'DELETE' })", draft);
        }
        await visitor.GoAsync("flows/reply-and-explain/check");
        await Assertions.Expect(visitor.Page.GetByText("不能发布")).ToHaveCountAsync(0);
    }

    /// <summary>The first picture is wider than its frame; what is wrong or was changed stands in the frame, not at the far end of a scroll.</summary>
    private static async Task OpensAtTheMarkAsync(IPage page) => Assert.True(await page.EvaluateAsync<bool>("""
        () => {
          const frame = document.querySelector('.flow .pic'), at = frame.querySelector('g:is(.is-fault, .is-changed)');
          const [outer, inner] = [frame, at].map(e => e.getBoundingClientRect());
          return frame.scrollWidth > frame.clientWidth && inner.left >= outer.left && inner.right <= outer.right;
        }
        """), "Expected the picture to open where it is marked.");
}
