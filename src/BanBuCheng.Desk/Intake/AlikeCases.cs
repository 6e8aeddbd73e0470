using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Intake;

/// <summary>像是同一件 — shown while the clerk types, so that one matter does not become two. It only shows; a person decides.</summary>
public static class AlikeCases
{
    private const int Most = 3, Looked = 200, Newest = 2_000;
    private const double LikeEnough = 0.4;

    /// <param name="phone">As typed; looked up by its blind index, never compared in clear.</param>
    public static async Task<IReadOnlyList<AlikeCase>> FindAsync(
        DeskDb db, FieldCipher cipher, string? phone, string? item, string? subject, DateOnly today, int days, CancellationToken ct)
    {
        var since = ShanghaiTime.At(today.AddDays(-days), TimeOnly.MinValue).ToUniversalTime();
        var index = PhoneNumber.TryParse(phone, out var number, out _) ? cipher.BlindIndex("phone", number) : null;
        var wanted = item?.Trim() is { Length: > 0 } told ? told : null;
        if (index is null && wanted is null) return [];

        // Asked while somebody types: the person by the index of telephones, the item among the newest only.
        var recent = db.Cases.AsNoTracking().Where(c => c.AcceptedAt >= since).OrderByDescending(c => c.AcceptedAt).ThenByDescending(c => c.Id);
        var rows = new List<Found>();
        if (index is not null) rows.AddRange(await Newer(db.Cases.AsNoTracking().Where(c => c.PhoneIndex == index && c.AcceptedAt >= since)).ToListAsync(ct));
        if (wanted is not null) rows.AddRange(await Newer(recent.Take(Newest).Where(c => c.OriginalItem == wanted)).ToListAsync(ct));
        return
        [
            .. rows.DistinctBy(c => c.Number).Select(c => (Row: c, SamePerson: index is not null && c.PhoneIndex.AsSpan().SequenceEqual(index), Like: Likeness.Of(c.Subject, subject ?? "")))
                .Where(c => c.SamePerson || c.Like >= LikeEnough)
                .OrderByDescending(c => (c.SamePerson ? 1 : 0) + c.Like).Take(Most)
                .Select(c => new AlikeCase(c.Row.Number, c.Row.Subject, c.Row.State, c.Row.AcceptedOn, c.SamePerson)),
        ];
    }

    private static IQueryable<Found> Newer(IQueryable<ServiceCase> cases) => cases.Where(c => c.About == CaseAbout.Matter)
        .OrderByDescending(c => c.AcceptedAt).ThenByDescending(c => c.Id).Take(Looked).Select(c => new Found(c.Number, c.Subject, c.State, c.AcceptedOn, c.PhoneIndex));

    private sealed record Found(string Number, string Subject, CaseState State, DateOnly AcceptedOn, byte[] PhoneIndex);
}

/// <summary>No name and no telephone: the clerk may not be allowed to open the other case.</summary>
public sealed record AlikeCase(string Number, string Subject, CaseState State, DateOnly AcceptedOn, bool SamePhone);
