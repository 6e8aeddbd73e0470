using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Gate;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Designer;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>发布前的检查 — what the gate says to the latest version, each finding with its story and its way drawn on the picture.</summary>
internal sealed class CheckModel(FlowCheckup checkup, DeskDb db, StepDoor door) : StepPage(door)
{
    private const int MostPictures = 8;

    public string Id { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string VersionWords { get; private set; } = "";
    public string Heading { get; private set; } = "";
    public string Calm { get; private set; } = "";
    public string SlackWords { get; private set; } = "";
    public int States { get; private set; }
    public IReadOnlyList<CheckItem> Items { get; private set; } = [];
    public IReadOnlyList<string> Passed { get; private set; } = [];
    public bool MayDraw => Actor.Is(Roles.ProcessAdmin);

    /// <summary>It is a draft that the gate lets pass, and who looks may put it in force.</summary>
    public bool MayPublish { get; private set; }

    /// <summary>Which stored form of the draft is on the page: that one is published, and no other.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    [TempData]
    public string? Said { get; set; }

    public Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => ShowAsync(id, ct);

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken ct)
    {
        if (await checkup.OfAsync(id, ct) is not { } found) return NotFound();
        if (FlowHead.MarkOf(found.Version) != Seen)
        {
            ModelState.AddModelError("", "您看的时候草稿又改过了，没有发布。请把下面的再看一遍。");
            Response.StatusCode = StatusCodes.Status409Conflict;
        }
        else if (await TryAsync(new PublishFlow(id), "", ct) is (true, { } saved))
        {
            if (!saved.IsRefused)
            {
                Said = $"发布好了：第{saved.Stored.Version}版在用，新来的照它走；已经在办的照各自的版本走完。";
                return RedirectToPage(new { id });
            }

            ModelState.AddModelError("", "没有发布：下面有必须改的。草稿还在，什么也没丢。");
            Response.StatusCode = StatusCodes.Status409Conflict;
        }

        return await ShowAsync(id, ct);
    }

    private async Task<IActionResult> ShowAsync(string id, CancellationToken ct)
    {
        if (!Actor.Is(Roles.ProcessAdmin) && !Actor.Is(Roles.SystemAdmin)) return Forbid();
        if (await checkup.OfAsync(id, ct) is not { } found) return NotFound();
        (Id, Name) = (id, found.Version.Name ?? id);
        // What is shown in the hidden field is what is looked at now, not what was posted.
        ModelState.Remove(nameof(Seen));
        Seen = FlowHead.MarkOf(found.Version);
        VersionWords = $"第{found.Version.Version}版（{(found.Version.IsPublished ? "在用" : "草稿")}）";
        var running = await db.Set<FlowInstanceRow>().AsNoTracking().CountAsync(i => i.DefinitionId == id && i.Status == FlowStatus.Running, ct);
        var inForce = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == id && d.IsPublished).Select(d => (int?)d.Version).FirstOrDefaultAsync(ct);

        // What only follows from another finding is told there.
        var findings = found.Read.Where(f => f.IsError).Select(f => new CheckFinding(f.Code, true, f.Message) { DefinitionId = f.DefinitionId, ActivityId = f.ActivityId })
            .Concat(found.Inspection.Findings.Where(f => f.Because is null)).ToList();
        Items = [.. findings.Select((f, i) => ItemOf(f, i, found.Drawings))];
        States = found.Inspection.States;
        var errors = findings.Count(f => f.IsError);
        MayPublish = errors == 0 && MayDraw && !found.Version.IsPublished;
        Heading = found.Version.IsPublished
            ? errors > 0 ? $"在用的这一版有{errors}处必须改" : findings.Count > 0 ? $"没有必须改的，有{findings.Count}处提醒" : "没有要改的"
            : errors > 0 ? $"不能发布：有{errors}处必须改" : findings.Count > 0 ? $"可以发布：有{findings.Count}处提醒" : "可以发布";
        Calm = found.Version.IsPublished ? $"这一版正在用，在办的 {running} 件都照各自的版本走。"
            : $"草稿还在，什么也没丢。{(inForce is { } version ? $"正在走的 {running} 件照原来的版本走，新来的照第{version}版走，谁也没受影响。" : "")}";
        SlackWords = found.Inspection.Slack is { } slack ? slack < 0 ? $"最慢的一条路超出承诺 {-slack} 个工作日。" : $"最慢的一条路，余量 {slack} 个工作日。" : "";
        var codes = findings.Where(f => f.IsError).Select(f => f.Code).ToHashSet(StringComparer.Ordinal);
        Passed = found.Inspection.States == 0 ? [] : [.. Checks.Where(c => !c.Codes.Any(codes.Contains)).Select(c => c.Words)];
        return Page();
    }

    private static readonly (string Words, string[] Codes)[] Checks =
    [
        ("每条路都走得到答复", ["G001", "G003", "G006", "G012", "G015", "G017"]),
        ("办结以前一定先答复送达", ["G002", "G017"]),
        ("每个环节都有人办", ["G005"]),
        ("等着的时候都有时限看着", ["G008", "G017"]),
        ("没有空转的回路", ["G007", "G017"]),
        ("怎么延都不超过上限", ["G009", "G017"]),
        ("最慢的一条路也赶得上承诺", ["G013", "G017"]),
        ("短信模板、变量、子流程都在", ["G010", "G011"]),
    ];

    private static CheckItem ItemOf(CheckFinding finding, int index, IReadOnlyDictionary<string, FlowDocument> drawings)
    {
        var texts = GateTexts.Of(finding.Code, finding.IsError);
        var flow = drawings.GetValueOrDefault(finding.DefinitionId ?? "");
        var activity = flow?.Root.WithDescendants().FirstOrDefault(a => a.Id == finding.ActivityId && a != flow.Root);
        return new CheckItem(finding.Code, finding.IsError, texts.Item1, texts.Item2, finding.Sentence,
            finding.Story is { } story ? [.. story.Split(" → ")] : [], flow?.Name ?? finding.DefinitionId ?? "", activity?.Caption,
            flow is not null && index < MostPictures ? PictureOf(finding, flow, index) : null,
            finding.Replayed switch { true => "照着这个故事在引擎里走过一遍，就是这样。", false => "照着这个故事在引擎里没有走通，只是可能；没证明不会这样，所以照样列出来。", null => null });
    }

    /// <summary>The way as far as it runs through the flow that shows the activity; what lies in parts is one box there.</summary>
    private static FlowPicture PictureOf(CheckFinding finding, FlowDocument flow, int index)
    {
        var boxes = flow.Root.Children.Select(c => c.Activity.Id).ToHashSet(StringComparer.Ordinal);
        var way = new List<string>();
        foreach (var step in finding.Path)
        {
            var ids = step[(step.IndexOf('#', StringComparison.Ordinal) + 1)..].Split('/');
            var seen = step.StartsWith($"{flow.DefinitionId}#", StringComparison.Ordinal) ? ids[0] : ids[^1];
            if (boxes.Contains(seen) && (way.Count == 0 || way[^1] != seen)) way.Add(seen);
        }
        var marks = way.Distinct().ToDictionary(id => id, _ => FlowMark.OnPath, StringComparer.Ordinal);
        if (finding.ActivityId is { } at && boxes.Contains(at)) marks[at] = finding.IsError ? FlowMark.Fault : FlowMark.Told;
        var steps = way.Zip(way.Skip(1)).ToHashSet();
        return FlowPicture.Of($"way-{index + 1}", flow) with
        {
            Marks = marks,
            InWords = false,
            LineMarks = flow.Root.Connections.Where(c => steps.Contains((c.Source, c.Target))).DistinctBy(c => (c.Source, c.Port ?? "Done", c.Target))
                .ToDictionary(c => (c.Source, c.Port ?? "Done", c.Target), _ => FlowMark.OnPath),
        };
    }
}

/// <param name="Steps">The story, step by step.</param>
/// <param name="Replayed">What came of it when the story was forced through the interpreter; null when it was not.</param>
/// <param name="Picture">Null when the drawing is not at hand, or enough have been shown.</param>
internal sealed record CheckItem(
    string Code, bool IsError, string About, string Repair, string Message, IReadOnlyList<string> Steps, string FlowName, string? Caption, FlowPicture? Picture, string? Replayed);
