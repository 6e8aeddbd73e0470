using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Cases;

namespace BanBuCheng.Web.Pages.Tasks;

/// <summary>Why a task cannot be done by its reader, and who can.</summary>
internal static class TaskWords
{
    public static string WhyNot(InboxTask task, Actor actor, IReadOnlyDictionary<string, OfficeUnit> units, DateOnly today) => task.State switch
    {
        TaskState.Done => $"{(task.DoneByLogin == actor.Login ? "您" : task.DoneByName)}{(task.EndedAt is { } at ? CaseParts.Moment(at, today) : "")}办完了这一步，结果是“{task.Outcome}”。",
        TaskState.Withdrawn => "这一步已经不用办了，流程走到了别处。",
        TaskState.Overdue => "这一步到期没有办，流程已经收回。",
        _ when task.Excludes(actor.Login) && task.Purpose is TaskPurpose.Visit => "您经办过这一件，不能自己回访，请换一位同事。",
        _ when task.Excludes(actor.Login) => "前面那一步是您办的，这一步要换一个人看。请另一位同事来。",
        _ when task.HolderLogin is not null && task.HolderLogin != actor.Login => $"{task.HolderName ?? "别人"}接了这一步，正在办。要换人，请他放回组里。",
        _ => $"这一步交给了{Asked(task, units)}，您可以看，由他们来办。",
    };

    private static string Asked(InboxTask task, IReadOnlyDictionary<string, OfficeUnit> units) =>
        task.AssignedUnit is { } unit ? units.TryGetValue(unit, out var known) ? known.Name : unit
        : task.AssignedRole is { } role ? Roles.Captions.GetValueOrDefault(role, role)
        : task.HolderName ?? "指定的同事";
}
