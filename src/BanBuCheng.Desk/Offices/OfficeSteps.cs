using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Offices;

/// <summary>Opens units and takes people on that are not there yet; those that are stay as they are.</summary>
public sealed record OpenOffices(IReadOnlyList<OfficeUnit> Units, IReadOnlyList<(string Login, string Name, string Unit, string Phone, string[] Roles)> People) : IStep;

internal sealed class OpenOfficesHandler(DeskDb db, StepScope step, TimeProvider clock) : IRequestHandler<OpenOffices, Unit>
{
    public async Task<Unit> Handle(OpenOffices request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.SystemAdmin);
        var units = await db.OfficeUnits.Select(u => u.Code).ToListAsync(cancellationToken);
        db.OfficeUnits.AddRange(request.Units.Where(u => !units.Contains(u.Code))
            .Select(u => OfficeUnit.Open(u.Code, u.Name, u.Kind, u.Phone, u.Address, u.Order)));
        var logins = await db.Staff.Select(s => s.Login).ToListAsync(cancellationToken);
        foreach (var (login, name, unit, phone, roles) in request.People.Where(p => !logins.Contains(p.Login)))
            db.Staff.Add(StaffMember.Join(StaffId.Next(clock), login, name, unit, phone, roles));
        return Unit.Value;
    }
}

/// <summary>The first person of a real hall; refused once there is anybody.</summary>
public sealed record CreateFirstAdministrator(string PasswordHash) : IStep;

internal sealed class CreateFirstAdministratorHandler(DeskDb db, TimeProvider clock) : IRequestHandler<CreateFirstAdministrator, Unit>
{
    public async Task<Unit> Handle(CreateFirstAdministrator request, CancellationToken cancellationToken)
    {
        if (await db.Staff.AnyAsync(cancellationToken)) throw new RefusedException("who.role-needed") { Facts = [("roles", Roles.SystemAdmin)] };
        if (!await db.OfficeUnits.AnyAsync(u => u.Code == "BUREAU", cancellationToken))
            db.OfficeUnits.Add(OfficeUnit.Open("BUREAU", "政务服务局", UnitKind.Bureau, "", "", 1));
        var admin = StaffMember.Join(StaffId.Next(clock), "admin", "管理员", "BUREAU", "", [Roles.SystemAdmin, Roles.ProcessAdmin]);
        admin.SetPassword(request.PasswordHash, mustChange: true);
        db.Staff.Add(admin);
        return Unit.Value;
    }
}
