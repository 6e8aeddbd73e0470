using System.ComponentModel.DataAnnotations;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.Texts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>一个差错 — where a flow broke, why, and the four things an operator can do about it.</summary>
internal sealed class IncidentModel(DeskDb db, FlowOperations operations, StepDoor door, TimeProvider clock) : StepPage(door)
{
    public const string Retry = "retry", Skip = "skip", Repair = "repair", GoOn = "go-on", Cancel = "cancel";

    [BindProperty]
    public ActFields Form { get; set; } = new();

    [TempData]
    public string? Said { get; set; }

    public FlowTrouble Trouble { get; private set; } = null!;
    public ServiceCase? Case { get; private set; }
    public bool MayBeSkipped => NeverSkipped.Allows(Trouble);
    public bool IsOpen => Trouble.Incident.ResolvedAt is null;
    public string At => Say.Moment(TimeZoneInfo.ConvertTime(Trouble.Incident.At, ShanghaiTime.Zone), clock.Today());

    /// <summary>What the page offers, in the order of harm.</summary>
    public PickCards Acts => new("Form.Act", "怎么处理",
    [
        // A whole flow that stopped would begin again from its first step: it goes on at one instead.
        .. Trouble.Steps.Count > 0 ? [new PickCard(GoOn, "从某一步接着走", "办过的不再办一遍，从选的那一步往下走")] : (PickCard[])[new PickCard(Retry, "再试一次", "原因已经排除了，比如缺的人补上了")],
        .. Trouble.Variables.Count > 0 && Trouble.Steps.Count == 0 ? [new PickCard(Repair, "改好变量再试", "是流程里的一个值错了")] : (PickCard[])[],
        .. MayBeSkipped ? [new PickCard(Skip, "跳过这一步", "这一步不用做了，选它走哪个出口")] : (PickCard[])[],
        new(Cancel, "取消这个流程", "整个流程不走了；还欠着答复的，不能取消"),
    ], Form.Act) { Error = ErrorOf("Act"), Required = true };

    /// <summary>Where one came from: <c>viewer</c> gets back to the one flow, everybody else to the list.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <param name="act">What was chosen before, in the viewer's head.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, string? act, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        Form.Act = act;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        IStep<Unit>? step = Form.Act switch
        {
            Retry => new RetryIncident(id, Form.Reason ?? ""),
            GoOn => new GoOnFromStep(id, Form.Step, Form.Reason ?? ""),
            Skip => new SkipIncident(id, Form.Outcome, Form.Reason ?? ""),
            Repair => new RepairIncident(id, Form.Variable ?? "", Form.Value ?? "", Form.Reason ?? ""),
            Cancel => new CancelFlow(Trouble.Instance.Id, Form.Reason ?? ""),
            _ => null,
        };
        if (step is null)
        {
            ModelState.AddModelError("Form.Act", "还没选怎么处理。");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (done, _) = await TryAsync(step, "Form.", ct);
        if (!done) return Page();
        TempData["Said"] = Form.Act switch { Skip => "跳过了，流程接着走。", Cancel => "这个流程取消了。", GoOn => "流程从选的那一步接着走了。", _ => "已经让它再试了。要是又出错，会有一条新的差错。" };
        return From == "viewer" ? RedirectToPage("Instance", new { id = Trouble.Instance.Id }) : RedirectToPage("Index");
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue($"Form.{field}", out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await operations.LookAsync(id, ct) is not { } trouble) return false;
        Trouble = trouble;
        if (CaseId.TryParse(trouble.Instance.CorrelationId, out var caseId)) Case = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, ct);
        return true;
    }

    internal sealed class ActFields
    {
        public string? Act { get; set; }
        public string? Outcome { get; set; }
        public string? Step { get; set; }
        public string? Variable { get; set; }
        public string? Value { get; set; }
        [Display(Name = "为什么")] public string? Reason { get; set; }
    }
}
