using System.Globalization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>现场解答 — two boxes and one key. What was answered before is offered while the question is typed; what cannot be answered goes into the full form as it stands.</summary>
public sealed class OnSiteModel(StepDoor door, DeskDb db, TimeProvider clock) : StepPage(door)
{
    private const int ShownOutdatedDays = 30;

    [BindProperty] public Guid Key { get; set; }

    /// <summary>When the page was opened, Unix seconds; only a figure hangs on it.</summary>
    [BindProperty] public long Opened { get; set; }
    [BindProperty] public string? Question { get; set; }
    [BindProperty] public string? Answer { get; set; }

    /// <summary>依据哪一条; may stay empty.</summary>
    [BindProperty] public string? Basis { get; set; }

    /// <summary>An answer given before, to be used as it is.</summary>
    [BindProperty] public Guid? Use { get; set; }

    public IReadOnlyList<OnSiteAnswer> Alike { get; private set; } = [];
    public IReadOnlyList<OnSiteAnswer> Mine { get; private set; } = [];
    /// <summary>条款失效: answers whose clause changed in the last month.</summary>
    public IReadOnlyList<OnSiteAnswer> Outdated { get; private set; } = [];
    public int Count { get; private set; }
    public int? Seconds { get; private set; }

    public string? FaultOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public string At(OnSiteAnswer answer) => TimeZoneInfo.ConvertTime(answer.At, ShanghaiTime.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Key = Guid.CreateVersion7(clock.GetUtcNow());
        Opened = clock.GetUtcNow().ToUnixTimeSeconds();
        await ReadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Key == Guid.Empty) return RedirectToPage();
        var used = string.IsNullOrWhiteSpace(Answer) && Use is { } id ? await db.OnSiteAnswers.AsNoTracking().Where(a => a.Id == id && a.OutdatedAt == null).Select(a => new { a.Answer, a.Basis }).FirstOrDefaultAsync(ct) : null;
        var took = (int)Math.Clamp(clock.GetUtcNow().ToUnixTimeSeconds() - Opened, 0, 24 * 3600);
        if (await TryAsync(new AnswerOnSite(Key, Question ?? "", used?.Answer ?? Answer ?? "", took) { Basis = string.IsNullOrWhiteSpace(Basis) ? used?.Basis ?? "" : Basis }, "", ct) is (true, { } answered))
        {
            TempData["Toast"] = $"记下了，编号{answered.Number}。";
            return RedirectToPage();
        }

        await ReadAsync(ct);
        return Page();
    }

    /// <summary>While one types.</summary>
    public async Task<IActionResult> OnPostAlikeAsync(CancellationToken ct)
    {
        Alike = await OnSiteDay.AlikeAsync(db, Question ?? "", ct);
        return Partial("_OnSiteAlike", this);
    }

    /// <summary>没答成 — what was typed becomes the draft of a full form.</summary>
    public async Task<IActionResult> OnPostAcceptAsync(CancellationToken ct)
    {
        var form = Guid.CreateVersion7(clock.GetUtcNow());
        var question = Question?.Trim() ?? "";
        var fields = new Dictionary<string, IReadOnlyList<string>>
        {
            [nameof(IntakeFields.Subject)] = [question.Length > CaseLimits.Subject ? question[..CaseLimits.Subject] : question],
            [nameof(IntakeFields.Story)] = [string.IsNullOrWhiteSpace(Answer) ? question : $"{question}\n窗口说过：{Answer.Trim()}"],
        };
        await TryAsync(new SaveDraft(form, fields, null), "", ct);
        return RedirectToPage("New", new { form });
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Outdated = await OnSiteDay.OutdatedAsync(db, clock.GetUtcNow().AddDays(-ShownOutdatedDays), ct);
        (Count, Seconds, Mine) = await OnSiteDay.OfAsync(db, clock.Today(), Actor.Login, ct);
        if (!string.IsNullOrWhiteSpace(Question)) Alike = await OnSiteDay.AlikeAsync(db, Question, ct);
    }
}
