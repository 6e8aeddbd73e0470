using System.Text.RegularExpressions;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 每个人只看到自己的事 — whether a text for one citizen tells of somebody else: another case's number, or the name or telephone of one whose
/// case is studied together with theirs.
/// </summary>
public partial class FellowCases(DeskDb db, FieldCipher cipher)
{
    /// <returns>The other case's number, as it may be told to staff; null when the text tells of nobody else.</returns>
    public virtual async ValueTask<string?> ToldOfAsync(ServiceCase serviceCase, string text, CancellationToken ct)
    {
        foreach (Match match in Numbers().Matches(text))
            if (CaseNumber.Normalise(match.Value) is { } number && number != serviceCase.Number) return number;

        var clusters = await db.ClusterMembers.Where(m => m.CaseId == serviceCase.Id && m.LeftAt == null).Select(m => m.ClusterId).ToListAsync(ct);
        if (clusters.Count == 0) return null;
        var fellows = await (from member in db.ClusterMembers
                             where clusters.Contains(member.ClusterId) && member.LeftAt == null && member.CaseId != serviceCase.Id
                             join one in db.Cases on member.CaseId equals one.Id
                             select new { one.Number, one.ApplicantName, one.Phone }).ToListAsync(ct);
        var (mine, flat) = (cipher.Open(serviceCase.ApplicantName), string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
        // Two cases of one applicant name nobody but themselves; a name of one character is in half of all sentences.
        return fellows.FirstOrDefault(f => (cipher.Open(f.ApplicantName) is { Length: > 1 } name && name != mine && flat.Contains(name, StringComparison.Ordinal))
            || (cipher.Open(f.Phone) is { Length: > 6 } phone && phone != cipher.Open(serviceCase.Phone) && flat.Contains(phone, StringComparison.Ordinal)))?.Number;
    }

    [GeneratedRegex(@"[Bb]\d{10}[0-9A-Za-z]")]
    private static partial Regex Numbers();
}
