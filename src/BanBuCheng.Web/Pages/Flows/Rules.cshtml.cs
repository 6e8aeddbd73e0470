using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>工作规程 — the flows in force as a text to print.</summary>
internal sealed class RulesModel(FlowVersions versions, TimeProvider clock) : PageModel
{
    public IReadOnlyList<RuleChapter> Chapters { get; private set; } = [];
    public string MadeOn { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct)
    {
        Chapters = FlowRulebook.Of([.. (await versions.PublishedAsync(ct)).Select(v => v.Document)], await versions.NamesAsync(ct));
        var today = clock.Today();
        MadeOn = $"{today.Year}年{Say.Day(today, today)}。";
    }
}
