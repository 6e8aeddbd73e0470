using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Coordination;

/// <summary>记进派单目录 — from now on the item is that department's.</summary>
/// <param name="Instead">The entry that stood when the person looked; null for none. When another stands by now, it is refused: somebody was quicker.</param>
public sealed record SetDispatchRule(string Item, string Unit, string Basis, Guid? Instead) : IStep<Guid>;

/// <summary>从派单目录里拿掉 — nobody's for certain any more; cases are judged one by one again.</summary>
public sealed record EndDispatchRule(Guid Id, string Why) : IStep;

/// <summary>派单目录: what stands for an item, and how an arbitration becomes an entry.</summary>
public class DispatchBook(DeskDb db, StepScope step)
{
    internal async ValueTask<DispatchRule?> StandingAsync(string item, CancellationToken ct)
    {
        var key = DispatchRule.KeyOf(item);
        return await db.DispatchRules.SingleOrDefaultAsync(r => r.ItemKey == key && r.EndedAt == null, ct);
    }

    /// <summary>裁定过的就是规矩: what the station head decided stands for the item's next case. A case without an item teaches nothing.</summary>
    public virtual async ValueTask SettleAsync(ServiceCase serviceCase, string unit, string why, CancellationToken ct)
    {
        if (DispatchRule.KeyOf(serviceCase.OriginalItem).Length == 0) return;
        var standing = await StandingAsync(serviceCase.OriginalItem, ct);
        if (standing?.UnitCode == unit) return;
        Replace(standing, serviceCase.OriginalItem, unit, why, serviceCase.Number);
    }

    internal DispatchRule Replace(DispatchRule? standing, string item, string unit, string basis, string? caseNumber)
    {
        standing?.End(step.Actor, step.Now);
        var rule = DispatchRule.Set(Guid.CreateVersion7(step.Now), item, unit, basis, caseNumber, step.Actor, step.Now);
        db.DispatchRules.Add(rule);
        return rule;
    }
}

internal sealed class DispatchHandler(DeskDb db, DispatchBook book, StepScope step) : IRequestHandler<SetDispatchRule, Guid>, IRequestHandler<EndDispatchRule, Unit>
{
    public async Task<Guid> Handle(SetDispatchRule request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.StationHead);
        var (item, basis, faults) = (request.Item.Trim(), request.Basis.Trim(), new Dictionary<string, string>());
        TypedText.Check(faults, "item", item, "还没写哪个事项。照群众原来要办的写，例如：不动产登记。", CaseLimits.ShortText);
        if (!await db.OfficeUnits.AnyAsync(u => u.Code == request.Unit && u.Active && u.Kind == UnitKind.Department, cancellationToken)) faults["unit"] = "还没选归哪个部门办。";
        TypedText.Check(faults, "basis", basis, "还没写依据：职责清单第几项，或者谁在哪次会上定的。", CaseLimits.LongText);
        if (faults.Count > 0) throw new FormRejectedException(faults);

        var standing = await book.StandingAsync(item, cancellationToken);
        if (standing?.Id != request.Instead) throw new RefusedException("dispatch.changed", "item");
        if (standing is not null && standing.UnitCode == request.Unit && standing.Basis == basis) throw new RefusedException("dispatch.same", "unit");
        return book.Replace(standing, item, request.Unit, basis, caseNumber: null).Id;
    }

    public async Task<Unit> Handle(EndDispatchRule request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.StationHead);
        var why = request.Why.Trim();
        if (TypedText.FaultOf(why, "还没写为什么拿掉。", CaseLimits.ShortText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["why"] = fault });
        var rule = await db.DispatchRules.SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw new RefusedException("dispatch.unknown");
        if (rule.EndedAt is not null) throw new RefusedException("dispatch.ended");
        rule.End(step.Actor, step.Now, why);
        return Unit.Value;
    }
}
