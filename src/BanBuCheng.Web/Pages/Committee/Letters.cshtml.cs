using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Committee;

/// <summary>逐封预览 — of a study or a meeting: each citizen's own letter as that citizen reads it, one after the other, before it goes out.</summary>
internal sealed class LettersModel(DeskDb db, FellowCases fellows, FieldCipher cipher, TimeProvider clock) : PageModel
{
    public string Heading { get; private set; } = "";
    public string Back { get; private set; } = "";
    public IReadOnlyList<IndividualLetter> Letters { get; private set; } = [];
    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string of, Guid id, CancellationToken ct)
    {
        if (!CommitteeRoles.MaySee(HttpContext.Actor())) return Forbid();
        Today = ShanghaiTime.DayOf(clock.GetUtcNow());
        List<CaseId> cases;
        if (of == "cluster")
        {
            if (await db.CaseClusters.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } cluster) return NotFound();
            (Heading, Back) = ($"并案 {cluster.Number}：{cluster.Title}", $"/committee/clusters/{id}");
            cases = await db.ClusterMembers.AsNoTracking().Where(m => m.ClusterId == id && m.LeftAt == null).OrderBy(m => m.JoinedAt).ThenBy(m => m.Id).Select(m => m.CaseId).ToListAsync(ct);
        }
        else if (of == "meeting")
        {
            if (await db.CommitteeMeetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } meeting) return NotFound();
            (Heading, Back) = ($"会商 {meeting.Number}", $"/committee/meetings/{id}");
            cases = await db.AgendaItems.AsNoTracking().Where(a => a.MeetingId == id).OrderBy(a => a.RaisedAt).ThenBy(a => a.Id).Select(a => a.CaseId).ToListAsync(ct);
        }
        else
        {
            return NotFound();
        }

        Letters = await IndividualLetter.OfAsync(db, fellows, cipher, [.. cases.Distinct()], ct);
        return Page();
    }
}
