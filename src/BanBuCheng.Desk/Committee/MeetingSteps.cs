using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Committee;

/// <summary>召集会商 — a day for items of the agenda: two working days before the earliest limit at the latest, or nobody could still act on it.</summary>
/// <remarks>Invited are the units of the cases on it, and whoever is named besides.</remarks>
public sealed record CallMeeting(DateOnly? On, string Place, IReadOnlyList<Guid> Items) : IStep<Guid>
{
    public IReadOnlyList<string> Units { get; init; } = [];
}

/// <summary>会商结束 — the minutes of every case on its agenda; what was resolved becomes tracked tasks and each case's flow goes on.</summary>
public sealed record CloseMeeting(Guid Id, string Present, IReadOnlyList<CaseMinutes> Minutes) : IStep
{
    /// <summary>Who was there, by invited unit; <see cref="NotThere"/> for a unit that nobody came from.</summary>
    public IReadOnlyDictionary<string, string> Came { get; init; } = new Dictionary<string, string>();

    public const string NotThere = "没来";
}

/// <summary>一件的会商纪要.</summary>
/// <param name="Outcome">An outcome of the committee's task as drawn, for example 议定方案.</param>
public sealed record CaseMinutes(Guid AgendaItem, string Facts, string BottomLine, string Outcome, IReadOnlyList<ResolvedItem> Items);

/// <summary>一条议定事项, as typed.</summary>
public sealed record ResolvedItem(string Text, string Unit, DateOnly? DueOn)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Unit) && DueOn is null;
}

/// <summary>会商最晚哪天开.</summary>
public static class MeetingRules
{
    /// <summary>The decision must still be acted on and the citizen told before the limit.</summary>
    public const int DaysBeforeLimit = 2;

    public static DateOnly LatestFor(DateOnly due, WorkingCalendar calendar) => calendar.AddWorkingDays(due, -DaysBeforeLimit);
}

internal sealed class CallMeetingHandler(DeskDb db, IFlows flows, CaseJournal journal, DeadlineBook deadlines, StepScope step, TimeProvider clock) : IRequestHandler<CallMeeting, Guid>
{
    public async Task<Guid> Handle(CallMeeting request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.CommitteeSecretary, Roles.BureauLeader);
        var today = ShanghaiTime.DayOf(step.Now);
        var faults = new Dictionary<string, string>();
        if (request.On is not { } on || on < today) faults["on"] = request.On is null ? "还没定哪天会商。" : "会商的日子已经过去了，请写今天或以后。";
        TypedText.Check(faults, "place", request.Place, "还没写在哪里会商。", 60);
        if (request.Items.Count == 0) faults["items"] = "还没选会商哪几件。";
        if (faults.Count > 0) throw new FormRejectedException(faults);

        on = request.On!.Value;
        var agenda = await db.AgendaItems.Where(a => request.Items.Contains(a.Id)).ToListAsync(cancellationToken);
        if (agenda.Count != request.Items.Distinct().Count()) throw new RefusedException("meeting.item-unknown");
        var ids = agenda.Select(a => a.CaseId).ToList();
        var waiting = await CommitteeTask.OfAsync(db, ids, cancellationToken);
        var cases = await db.Cases.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var prefix = $"HS{on.Year}-";
        var number = prefix + (await db.CommitteeMeetings.CountAsync(m => m.Number.StartsWith(prefix), cancellationToken) + 1).ToString("00", CultureInfo.InvariantCulture);
        var meeting = CommitteeMeeting.Call(Guid.CreateVersion7(clock.GetUtcNow()), number, on, request.Place.Trim(), step.Actor, step.Now);
        foreach (var item in agenda)
        {
            var serviceCase = cases[item.CaseId];
            if (serviceCase is { ReplyOwed: true, DueOn: { } due } && MeetingRules.LatestFor(due, deadlines.Calendar) is var latest && on > latest)
                throw new RefusedException("meeting.too-late", "on") { Facts = [("case", serviceCase.Number), ("latest", DateWords.MonthDay(latest, today))] };
            item.PutOn(meeting.Id);
            if (!waiting.ContainsKey(item.CaseId)) throw new RefusedException("meeting.nothing-waits", "items") { Facts = [("case", serviceCase.Number)] };
            journal.Write(serviceCase, JournalKinds.MeetingCalled, ("meeting", number), ("on", on));
        }

        db.CommitteeMeetings.Add(meeting);
        await InviteAsync(meeting, [.. agenda.Select(a => cases[a.CaseId])], request.Units, today, cancellationToken);
        return meeting.Id;
    }

    /// <summary>请谁 — the units of the cases and those named besides; the flow that asks each for its receipt runs for the first case it has to do with.</summary>
    private async Task InviteAsync(CommitteeMeeting meeting, List<ServiceCase> agenda, IReadOnlyList<string> named, DateOnly today, CancellationToken ct)
    {
        var codes = agenda.SelectMany(c => c.AssistingUnits.Prepend(c.LeadUnit ?? "")).Concat(named).Where(u => u.Length > 0).Distinct().ToList();
        var units = await db.OfficeUnits.Where(u => codes.Contains(u.Code) && u.Active).OrderBy(u => u.Order).ToListAsync(ct);
        if (named.FirstOrDefault(code => units.All(u => u.Code != code)) is not null) throw new RefusedException("meeting.no-such-unit", "units");
        foreach (var unit in units)
        {
            db.MeetingInvitations.Add(MeetingInvitation.Send(Guid.CreateVersion7(clock.GetUtcNow()), meeting.Id, unit.Code));
            var about = agenda.Find(c => c.LeadUnit == unit.Code || c.AssistingUnits.Contains(unit.Code)) ?? agenda[0];
            await flows.PublishEventAsync(CaseEvents.MeetingInvited, about.Id.ToString(), new JsonObject
            {
                ["number"] = meeting.Number,
                ["day"] = DateWords.MonthDay(meeting.On, today),
                ["place"] = meeting.Place,
                ["unit"] = unit.Code,
                ["unitName"] = unit.Name,
                ["within"] = Math.Max(0, deadlines.Calendar.WorkingDaysBetween(today, meeting.On) - 1),
            }, step.Now, ct);
        }
    }
}

internal sealed class CloseMeetingHandler(DeskDb db, IFlows flows, CaseJournal journal, FormRecorders recorders, DeadlineBook deadlines, StepScope step, TimeProvider clock) : IRequestHandler<CloseMeeting, Unit>
{
    public async Task<Unit> Handle(CloseMeeting request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        step.Actor.Require(Roles.CommitteeSecretary);
        var meeting = await db.CommitteeMeetings.SingleOrDefaultAsync(m => m.Id == request.Id, cancellationToken) ?? throw new RefusedException("meeting.unknown");
        if (meeting.ClosedAt is not null) throw new RefusedException("meeting.closed");
        if (ShanghaiTime.DayOf(step.Now) < meeting.On) throw new RefusedException("meeting.not-yet");
        var agenda = await db.AgendaItems.Where(a => a.MeetingId == meeting.Id && a.DecidedAt == null).OrderBy(a => a.RaisedAt).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        var units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, cancellationToken);
        var invited = await db.MeetingInvitations.Where(i => i.MeetingId == meeting.Id).ToListAsync(cancellationToken);

        // A case may have been answered, withdrawn or settled in the inbox since it was put on the agenda: there is nothing left to decide, and it must not keep the others open.
        var waiting = await CommitteeTask.OfAsync(db, agenda.Select(a => a.CaseId).ToList(), cancellationToken);
        var open = agenda.GroupBy(a => a.CaseId).Where(g => waiting.ContainsKey(g.Key)).Select(g => g.Last()).ToList();
        if (agenda.Count > 0 && open.Count == 0) return NotHeld(meeting, agenda);
        var faults = MinutesCheck.Faults(request, open.Select(a => a.Id).ToList(), units, ShanghaiTime.DayOf(step.Now));
        foreach (var one in invited)
        {
            var came = request.Came.GetValueOrDefault(one.UnitCode)?.Trim() ?? "";
            if (TypedText.FaultOf(came, $"还没写{(units.TryGetValue(one.UnitCode, out var unit) ? unit.Name : one.UnitCode)}谁来了；没来的写“{CloseMeeting.NotThere}”。", CaseLimits.ShortText) is { } fault) faults[$"Came[{one.UnitCode}]"] = fault;
            else one.Record(came == CloseMeeting.NotThere ? "" : came);
        }

        if (invited.Count > 0 && !faults.Keys.Any(k => k.StartsWith("Came[", StringComparison.Ordinal)) && invited.All(i => i.Came is null or "")) faults["present"] = "请的单位一家也没来，这次会商开不成。改天再召集。";
        if (faults.Count > 0) throw new FormRejectedException(faults);

        meeting.Close(request.Present.Trim(), step.Actor, step.Now);
        foreach (var item in agenda.Except(open)) item.Decide(AgendaItem.SettledBefore, step.Now);
        var serial = 0;
        foreach (var item in open)
        {
            var minutes = request.Minutes.Single(m => m.AgendaItem == item.Id);
            var serviceCase = await db.Cases.SingleAsync(c => c.Id == item.CaseId, cancellationToken);
            var resolved = minutes.Items.Where(i => !i.IsEmpty)
                .Select(i => DecisionItem.Resolve(Guid.CreateVersion7(clock.GetUtcNow()), meeting.Id, serviceCase.Id, $"{meeting.Number}-{++serial}", i.Text.Trim(), i.Unit, i.DueOn!.Value)).ToList();
            db.DecisionItems.AddRange(resolved);
            item.Decide(minutes.Outcome, step.Now);
            journal.Write(serviceCase, JournalKinds.MeetingDecided, ("meeting", meeting.Number), ("outcome", minutes.Outcome), ("items", resolved.Count));
            await FinishTaskAsync(waiting[item.CaseId], serviceCase, meeting, minutes, resolved, units, cancellationToken);
            foreach (var one in resolved) await FollowUpAsync(serviceCase, one, units, cancellationToken);
        }

        return Unit.Value;
    }

    /// <summary>Every case on it was settled some other way: nobody met, so nobody is asked who came.</summary>
    private Unit NotHeld(CommitteeMeeting meeting, List<AgendaItem> agenda)
    {
        meeting.Close("议题会前都办过了，没有开。", step.Actor, step.Now);
        foreach (var item in agenda) item.Decide(AgendaItem.SettledBefore, step.Now);
        return Unit.Value;
    }

    /// <summary>The committee's own task of the case's flow is answered by the minutes; the flow goes on in the same step.</summary>
    private async Task FinishTaskAsync(InboxTask task, ServiceCase serviceCase, CommitteeMeeting meeting, CaseMinutes minutes, List<DecisionItem> resolved, Dictionary<string, OfficeUnit> units, CancellationToken ct)
    {
        var answer = new JsonObject
        {
            ["facts"] = minutes.Facts.Trim(),
            ["bottomLine"] = minutes.BottomLine.Trim(),
            ["documentTitle"] = "会商纪要",
            ["documentNumber"] = meeting.Number,
            ["tracked"] = resolved.Count, // each is a task of its own already
        };
        if (resolved.Count > 0)
            answer["solution"] = string.Join("；", resolved.Select(i => $"{units[i.UnitCode].Name}{i.DueOn.Month}月{i.DueOn.Day}日前{i.Text}"));
        task.Complete(step.Actor, minutes.Outcome, answer.ToJsonString(), step.Now);
        if (task.FormHash is { } hash)
            await recorders.RecordAsync(await FormCheck.OfAsync(await db.TaskForms.Where(f => f.Hash == hash).Select(f => f.Schema).SingleAsync(ct), ct), serviceCase, minutes.Outcome, answer, ct);
        journal.Write(serviceCase, JournalKinds.TaskDone, ("task", task.Id), ("outcome", minutes.Outcome));
        // Somebody was faster, with these minutes or in the inbox: tried again, it is seen which.
        if (!await flows.WakeAsync(task.Id.Value, new JsonObject { ["outcome"] = minutes.Outcome, ["by"] = step.Actor.Name, ["answer"] = answer.DeepClone() }, ct))
            throw new DbUpdateConcurrencyException($"Expected the committee's task of {serviceCase.Number} to wait, but another step has finished it.");
    }

    /// <summary>What was resolved is told to the flow that makes tasks of it.</summary>
    private async Task FollowUpAsync(ServiceCase serviceCase, DecisionItem item, Dictionary<string, OfficeUnit> units, CancellationToken ct) =>
        await flows.PublishEventAsync(CaseEvents.DecisionItem, serviceCase.Id.ToString(), new JsonObject
        {
            ["code"] = item.Code,
            ["title"] = item.TaskTitle,
            ["text"] = item.Text,
            ["unit"] = item.UnitCode,
            ["unitName"] = units[item.UnitCode].Name,
            ["within"] = Math.Max(0, deadlines.Calendar.WorkingDaysBetween(ShanghaiTime.DayOf(step.Now), item.DueOn)),
        }, step.Now, ct);
}

/// <summary>纪要的检查 — one sentence each; field names are the page's: <c>Minutes[0].Items[1].Due</c>.</summary>
internal static class MinutesCheck
{
    public const string Agreed = CommitteeTask.Agreed;

    public static Dictionary<string, string> Faults(CloseMeeting request, List<Guid> agenda, Dictionary<string, OfficeUnit> units, DateOnly today)
    {
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "present", request.Present, "还没写还有谁到会（主持、记录）。", 300);
        if (agenda.Count == 0) faults["present"] = "这次会商没有议题：排到别的会商去了。这一次不用结束，到那一次写纪要。";
        foreach (var (minutes, n) in request.Minutes.Select((m, n) => (m, n)).Where(x => agenda.Contains(x.m.AgendaItem)))
        {
            TypedText.Check(faults, $"Minutes[{n}].Facts", minutes.Facts, "还没写查明的情况。", 1000);
            TypedText.Check(faults, $"Minutes[{n}].BottomLine", minutes.BottomLine, "还没写不能突破的底线。", 500);
            if (string.IsNullOrWhiteSpace(minutes.Outcome)) faults[$"Minutes[{n}].Outcome"] = "还没选结果。";
            var items = minutes.Items.Select((item, i) => (item, i)).Where(x => !x.item.IsEmpty).ToList();
            if (items.Count == 0 && minutes.Outcome == Agreed) faults[$"Minutes[{n}].Items[0].Text"] = "议定了办法，至少写一条：谁、做什么、哪天做完。";
            foreach (var (item, i) in items) Item($"Minutes[{n}].Items[{i}]", item);
        }

        if (agenda.Except(request.Minutes.Select(m => m.AgendaItem)).Any()) faults["present"] = "还有议题没写纪要，不能结束。请刷新，一件一件写全。";
        if (request.Minutes.GroupBy(m => m.AgendaItem).Any(g => g.Count() > 1)) faults["present"] = "同一个议题写了两份纪要，请刷新，只留一份。";
        return faults;

        void Item(string field, ResolvedItem item)
        {
            TypedText.Check(faults, $"{field}.Text", item.Text, "还没写做什么。", 200);
            if (item.DueOn is not { } due || due < today) faults[$"{field}.Due"] = item.DueOn is null ? "还没写哪天做完。" : "日子已经过去了，请写今天或以后。";

            // The committee co-ordinates; a permit or a decision is the competent organ's own act, so only such an organ can be charged.
            if (!units.TryGetValue(item.Unit, out var unit)) faults[$"{field}.Unit"] = "还没选哪家办。";
            else if (unit.Kind is not (UnitKind.Department or UnitKind.Station)) faults[$"{field}.Unit"] = "会商只协调，证照和决定要由主管部门以自己的名义出。请选主管部门。";
        }
    }
}
