using System.Security.Cryptography;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>群众查询 — number and query code together; an unknown number and a wrong code take the same way, time and answer.</summary>
public static class CitizenLookUp
{
    /// <returns>The case's file, of which the page shows what is the citizen's; null when number and code do not fit together.</returns>
    public static async Task<CaseView?> FindAsync(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, string? number, string? code, DateTimeOffset now, CancellationToken ct)
    {
        var cleanNumber = CaseNumber.Normalise(number) ?? "B00000000000";
        var cleanCode = QueryCode.Normalise(code) ?? "------";
        var serviceCase = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Number == cleanNumber, ct);
        var expected = serviceCase?.QueryCodeHash is { Length: > 0 } stored ? stored : new byte[16];
        var fits = CryptographicOperations.FixedTimeEquals(expected, QueryCode.Hash(cipher, cleanNumber, cleanCode));
        return fits && serviceCase is not null ? await CaseView.OfAsync(db, deadlines, serviceCase, now, ct) : null;
    }
}
