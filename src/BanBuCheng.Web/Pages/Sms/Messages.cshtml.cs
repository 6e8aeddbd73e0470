using System.Globalization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Demo;
using BanBuCheng.Web.SignIn;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Sms;

/// <summary>短信 — what citizens receive, as it stands on their phones, newest case first. In a demo hall the delivery can be played.</summary>
internal sealed class MessagesModel(DeskDb db, FieldCipher cipher, StepDoor door, HallKind kind, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Phone> Phones { get; private set; } = [];
    public int Shown { get; private set; }
    public string? OlderUrl { get; private set; }
    public bool IsDemo => kind.IsDemo;
    public DateOnly Today { get; private set; }

    /// <summary>Ticks of the oldest message of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = clock.Today();
        DateTimeOffset? before = Before is { } ticks && ticks > 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        var rows = await MessageList.NewestAsync(db, cipher, before, CaseAccess.SeesAll(HttpContext.Actor(), CaseAbout.Window), kind.IsDemo, ct);
        Shown = rows.Count;
        Phones = [.. rows.GroupBy(r => r.CaseNumber).Select(g => new Phone(g.Key, g.First().MaskedPhone, [.. g.Reverse()]))];
        if (rows.Count == MessageList.PageSize)
            OlderUrl = "/messages?before=" + rows[^1].QueuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>模拟送达 — what the carrier's report would say. There is no such door in a real hall.</summary>
    public async Task<IActionResult> OnPostDeliverAsync(Guid id, CancellationToken ct)
    {
        if (!kind.IsDemo) return NotFound();
        try
        {
            await door.SendAsync(new RecordSmsReport(new SmsId(id), Delivered: true, "DEMO"), Actor.Gateway, ct);
        }
        catch (RefusedException refused)
        {
            ModelState.AddModelError("", RefusalTexts.For(refused));
            Response.StatusCode = StatusCodes.Status409Conflict;
            await OnGetAsync(ct);
            return Page();
        }

        return LocalRedirect($"/messages{(Before is { } ticks ? $"?before={ticks.ToString(CultureInfo.InvariantCulture)}" : "")}#m-{id:N}");
    }

    public string When(DateTimeOffset at) => Say.Moment(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone), Today);

    /// <summary>One citizen's phone: the messages about one case, oldest first.</summary>
    internal sealed record Phone(string CaseNumber, string MaskedPhone, IReadOnlyList<MessageRow> Messages);
}
