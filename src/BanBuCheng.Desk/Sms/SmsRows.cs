using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Sms;

/// <summary>One message for writing: what the gateway answers and what the carrier reports come in the same moment, and delivered is final.</summary>
internal static class SmsRows
{
    /// <summary>The row's lock is taken before it is read, so that the later of two sees what the earlier one wrote. Null when there is no such message.</summary>
    public static async Task<OutgoingSms?> LockedAsync(DeskDb db, SmsId id, CancellationToken ct)
    {
        await db.OutgoingSms.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Attempts, x => x.Attempts), ct);
        return await db.OutgoingSms.FirstOrDefaultAsync(s => s.Id == id, ct);
    }
}
