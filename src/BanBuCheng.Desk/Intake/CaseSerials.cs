using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Intake;

/// <summary>The day's numbers, one after another: what a refused step took goes back with its transaction, so there are no gaps.</summary>
internal static class CaseSerials
{
    /// <exception cref="RefusedException"><c>intake.day-full</c></exception>
    public static async ValueTask<int> TakeAsync(DeskDb db, DateOnly day, CancellationToken ct)
    {
        // Counted by the database under the row's lock: a crowd at the counters queues here, where reading first would let all but one of them fail.
        if (await db.CaseSerials.Where(s => s.Day == day).ExecuteUpdateAsync(s => s.SetProperty(c => c.Last, c => c.Last + 1), ct) == 0)
        {
            var first = CaseSerial.For(day);
            db.CaseSerials.Add(first);
            return first.Take();
        }

        var taken = await db.CaseSerials.Where(s => s.Day == day).Select(s => s.Last).SingleAsync(ct);
        return taken <= CaseNumber.MaxSerial ? taken : throw new RefusedException("intake.day-full");
    }
}
