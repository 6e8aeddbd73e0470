using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>受理单 — on A4 in two copies, or as a slip from the thermal printer. Its code opens the look-up with the number filled in; the query code is on no paper.</summary>
internal sealed class ReceiptModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock, IOptions<HallOptions> hall) : PageModel
{
    public CaseView View { get; private set; } = null!;
    public HallOptions Hall => hall.Value;
    public QrCode Code { get; private set; } = null!;

    /// <summary>The person who follows it through, told with their telephone.</summary>
    public string? Follower { get; private set; }

    [BindProperty(SupportsGet = true)]
    public bool Again { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Paper { get; set; }

    public bool IsSlip => Paper == "slip";
    public DateOnly Today { get; private set; }

    public CaseAuthorisation? Agent { get; private set; }
    public int Papers { get; private set; }
    public string EnteredAt => Texts.Say.Full(TimeZoneInfo.ConvertTime(View.Case.EnteredAt, ShanghaiTime.Zone));

    /// <summary>R-05, said once more on acceptance.</summary>
    public string? Warning { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (await CaseView.FindAsync(db, deadlines, number, HttpContext.Actor(), clock.GetUtcNow(), ct) is not { } view) return NotFound();
        View = view;
        Today = clock.Today();
        Code = QrCode.Of($"{hall.Value.QueryAddress?.TrimEnd('/') ?? $"{Request.Scheme}://{Request.Host}"}/q?no={view.Case.Number}");
        Agent = await db.Authorisations.AsNoTracking().Where(a => a.CaseId == view.Case.Id && a.RevokedAt == null).OrderByDescending(a => a.RecordedAt).FirstOrDefaultAsync(ct);
        Papers = await db.Attachments.CountAsync(a => a.CaseId == view.Case.Id, ct);
        var heads = await db.Staff.AsNoTracking().Where(s => s.Active).OrderBy(s => s.Login).ToListAsync(ct);
        Follower = heads.FirstOrDefault(s => s.Roles.Contains(Roles.StationHead)) is { } head ? $"{head.Name} {head.Phone}" : null;
        if (view is { NeededBeforeLimit: true, Case: { NeededBy: { } needed, DueOn: { } due } })
            Warning = $"他{Words(needed)}就要用，期限是{Words(due)}。内部目标按{Words(needed)}算，请跟服务站说一声。";
        return Page();
    }

    public string Words(DateOnly day) => DateWords.Full(day, Today, deadlines.Calendar);

    /// <summary>On paper the year stands always.</summary>
    public static string WithYear(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日（{DateWords.Weekday(day)}）";

    public string AcceptedAt => Texts.Say.Full(TimeZoneInfo.ConvertTime(View.Case.AcceptedAt, ShanghaiTime.Zone));
}
