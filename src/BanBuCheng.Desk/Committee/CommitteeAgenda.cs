using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;

namespace BanBuCheng.Desk.Committee;

/// <summary>会商议程 — where an escalated case waits for a meeting.</summary>
public class CommitteeAgenda(DeskDb db, TimeProvider clock)
{
    public virtual void Raise(ServiceCase serviceCase, string reason, DateTimeOffset at) =>
        db.AgendaItems.Add(AgendaItem.Raise(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, reason, at));
}
