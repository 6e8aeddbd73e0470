using System.Security.Cryptography;
using System.Text;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Gate;

/// <summary>机构人员 — who there is to do something, as the gate looks it up.</summary>
/// <param name="Units">Codes of active units.</param>
/// <param name="People">Active people: login → unit and roles.</param>
public sealed record HallDirectory(IReadOnlyCollection<string> Units, IReadOnlyDictionary<string, (string Unit, IReadOnlyList<string> Roles)> People)
{
    /// <summary>Before anybody but administrators has been taken on, an empty role says nothing about a flow.</summary>
    public bool IsStaffed => People.Values.Any(p => p.Roles.Any(r => r is not (Roles.SystemAdmin or Roles.ProcessAdmin)));

    public IEnumerable<string> InRole(string role) => People.Where(p => p.Value.Roles.Contains(role)).Select(p => p.Key);

    public IEnumerable<string> InUnit(string unit) => People.Where(p => p.Value.Unit == unit).Select(p => p.Key);

    /// <summary>Changes when an answer of the gate could.</summary>
    public string Hash()
    {
        var text = string.Join('|', Units.Order(StringComparer.Ordinal)) + "\n"
            + string.Join('\n', People.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value.Unit} {string.Join(',', p.Value.Roles.Order(StringComparer.Ordinal))}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static async ValueTask<HallDirectory> ReadAsync(DeskDb db, CancellationToken ct)
    {
        var units = await db.OfficeUnits.AsNoTracking().Where(u => u.Active).Select(u => u.Code).ToListAsync(ct);
        var people = await db.Staff.AsNoTracking().Where(s => s.Active).ToListAsync(ct);
        return new HallDirectory(units.ToHashSet(StringComparer.Ordinal),
            people.ToDictionary(p => p.Login, p => (p.UnitCode, (IReadOnlyList<string>)p.Roles), StringComparer.Ordinal));
    }
}
