using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Stories.Gate;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>流程出了差错，办件不停；谁能处理、怎么处理、处理了什么，都写下来。在走的办件换到新版本，换不了的原样不动。</summary>
public sealed class OperatorsWork : IDisposable
{
    private const string Operator = "栗知行", Head = "温敬之", Clerk = "段小禾";

    private readonly string _folder = Directory.CreateTempSubdirectory("flows-").FullName;

    public OperatorsWork()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("workflows"), "*.json"))
            if (!file.EndsWith("pause.json", StringComparison.Ordinal)) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(_folder, "pause.json"), Broken);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A flow at the side that breaks while its number is small.</summary>
    private const string Broken =
        """
        { "id": "pause-v1", "definitionId": "pause", "name": "申请暂停", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [ { "id": "n", "name": "n", "typeName": "Int32", "value": "1", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
          "inputs": [], "outputs": [], "outcomes": [], "customProperties": { "BanBuCheng.Kind": "Side" }, "options": {},
          "root": { "id": "main", "type": "Elsa.Flowchart", "version": 1, "customProperties": {}, "metadata": {}, "variables": [],
            "activities": [
              { "id": "asked", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {}, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "case.pause-requested" } } },
              { "id": "count", "type": "Elsa.FlowDecision", "version": 1, "customProperties": {}, "metadata": { "displayText": "数一数" },
                "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "if (getN() < 5) throw 'too small'; return true" } } },
              { "id": "yes", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "yes" } } },
              { "id": "no", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "no" } } } ],
            "connections": [
              { "source": { "activity": "asked", "port": "Done" }, "target": { "activity": "count" } },
              { "source": { "activity": "count", "port": "True" }, "target": { "activity": "yes" } },
              { "source": { "activity": "count", "port": "False" }, "target": { "activity": "no" } } ] } }
        """;

    private static JsonObject Pause => new() { ["reasonCode"] = "APPRAISAL", ["maxWorkingDays"] = 5 };

    private static Task<FlowIncidentRow> OpenIncidentAsync(Hall hall) => hall.ReadAsync(db => db.Set<FlowIncidentRow>().AsNoTracking().SingleAsync(i => i.ResolvedAt == null, Ct));

    private static Task<int> OpenIncidentsAsync(Hall hall) => hall.ReadAsync(db => db.Set<FlowIncidentRow>().CountAsync(i => i.ResolvedAt == null, Ct));

    [Theory(DisplayName = "流程里一个值错了：办件照走，管理员改好了再试，谁为什么改的都在案卷里")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_breakdown_is_settled_by_an_operator(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", _folder);
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, Pause);
        var incident = await OpenIncidentAsync(hall);

        // The case itself goes on.
        await hall.JudgesAsync(accepted.Number);

        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync(Clerk, new RetryIncident(incident.Id, "试试")))).Code);
        var noReason = await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync(Operator, new RetryIncident(incident.Id, " ")));
        Assert.Equal(["Reason"], noReason.Faults.Keys);
        Assert.Equal("incident.variable-unknown", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new RepairIncident(incident.Id, "nobody", "7", "写错了")))).Code);
        Assert.Equal("task.outcome-unknown", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new SkipIncident(incident.Id, "也许", "不用了")))).Code);
        Assert.Equal(incident.Id, (await OpenIncidentAsync(hall)).Id);

        // Retried without a cure it breaks again: the old one is settled, a new one is open.
        await hall.DoAsync(Operator, new RetryIncident(incident.Id, "碰碰运气"));
        var again = await OpenIncidentAsync(hall);
        Assert.NotEqual(incident.Id, again.Id);
        Assert.Equal("incident.settled", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new RetryIncident(incident.Id, "再来")))).Code);

        await hall.DoAsync(Operator, new RepairIncident(again.Id, "n", "7", "数字写小了"));
        Assert.Equal(0, await OpenIncidentsAsync(hall));

        var seen = await hall.CaseAsync(accepted.Number);
        Assert.Contains(seen.Timeline, t => t.What.Contains("管理员改好了再试", StringComparison.Ordinal) && t.Who!.Contains(Operator, StringComparison.Ordinal));
        Assert.Equal(2, await hall.ReadAsync(db => db.CaseNotes.CountAsync(n => n.CaseId == accepted.Id && n.Author == Operator, Ct)));
        Assert.Contains("数字写小了", string.Join('\n', await hall.ReadAsync(db => db.Set<FlowLogRow>().Select(l => l.Data).ToListAsync(Ct))), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "跳过一步：选一个出口接着走；还欠着答复的主流程不能取消，旁支流程可以")]
    public async Task Skipping_and_cancelling()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00", _folder);
        var accepted = await hall.AcceptsAsync();
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, Pause);
        await hall.DoAsync(Operator, new SkipIncident((await OpenIncidentAsync(hall)).Id, "False", "这一步不用做"));
        Assert.Equal(0, await OpenIncidentsAsync(hall));

        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, Pause);
        var side = (await OpenIncidentAsync(hall)).InstanceId;
        await hall.DoAsync(Operator, new CancelFlow(side, "不要了"));
        Assert.Equal("flow.ended", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new CancelFlow(side, "不要了")))).Code);

        var main = await hall.ReadAsync(db => db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.DefinitionId == "case-handling", Ct));
        Assert.Equal("flow.case-owes-reply", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new CancelFlow(main.Id, "不想办了")))).Code);
        Assert.Equal(FlowStatus.Running, (await hall.ReadAsync(db => db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.Id == main.Id, Ct))).Status);
        Assert.Empty((await hall.ReadAsync(db => TroubleList.AbandonedAsync(db, null, 100, Ct))).Found);
    }

    [Fact(DisplayName = "答复送达、开始计时、办结：谁也跳不过，装着它们的一段也跳不过")]
    public async Task What_keeps_the_promise_is_never_skipped()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00", _folder);
        var accepted = await hall.AcceptsAsync();
        var main = await hall.ReadAsync(db => db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.DefinitionId == "case-handling", Ct));
        // The incident of a part that has the delivery inside, as if its input had failed.
        var places = await PlacesAsync(hall, main.DefinitionVersionId);
        var reply = places.First(p => p.DefinitionId == "reply-and-explain");
        Assert.Contains("BanBuCheng.DeliverReply", reply.Types);
        Assert.DoesNotContain(places.Single(p => p.ActivityId == "sms-accepted").Types, t => NeverSkipped.Types.Contains(t));
        var trouble = new FlowTrouble(null!, null!, "", reply, [], []);
        Assert.False(NeverSkipped.Allows(trouble));
        Assert.True(NeverSkipped.Allows(trouble with { Place = places.Single(p => p.ActivityId == "sms-accepted") }));
        Assert.NotNull(accepted);
    }

    [Theory(DisplayName = "在办的办件换到新版本：待办还在他手里，日子没变，接着走新画的路；换不了的原样不动")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_running_case_moves_to_a_new_version(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", _folder);
        var accepted = await hall.AcceptsAsync();
        var task = await hall.TaskAsync(Head, accepted.Number, "研判");
        await hall.DoAsync(Head, new ClaimTask(task.TaskId));
        var before = (await hall.CaseAsync(accepted.Number)).Case;
        var main = await MainAsync(hall);
        var due = await TimersAsync(hall, main.Id);

        // The new version has one more step behind the reply, and another one in which the box the case stands in is gone.
        var text = await File.ReadAllTextAsync(Repository.Path("workflows/case-handling.json"), Ct);
        var to = await PublishAsync(hall, text.Replace("短信：已受理", "短信：我们收到了", StringComparison.Ordinal));
        var without = await PublishAsync(hall, text.Replace("\"triage\"", "\"judging\"", StringComparison.Ordinal));
        var plan = new MovePlan("case-handling", main.DefinitionVersionId, to);

        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync(Head, new MoveFlow(plan, main.Id, "更好")))).Code);
        var stays = await hall.DoAsync(Operator, new MoveFlow(plan with { ToVersionId = without }, main.Id, "更好"));
        Assert.Equal(MoveFaultKind.Missing, Assert.Single(stays).Kind);
        Assert.Equal(main.Version, (await MainAsync(hall)).Version);
        Assert.Empty(await hall.DoAsync(Operator, new MoveFlow(plan, main.Id, "更好")));

        var moved = await MainAsync(hall);
        Assert.Equal((main.DefinitionVersion + 1, to), (moved.DefinitionVersion, moved.DefinitionVersionId));
        var after = await hall.CaseAsync(accepted.Number);
        Assert.Equal((before.DueOn, before.State, before.Stage), (after.Case.DueOn, after.Case.State, after.Case.Stage));
        Assert.Equal(due, await TimersAsync(hall, main.Id));
        Assert.Contains(after.Timeline, t => t.What.Contains("版换到第", StringComparison.Ordinal));
        await hall.DoAsync(Head, HallWork.Completing(task.TaskId, "部门协同",
            ("lawful", "YES"), ("legalBasis", "无"), ("difficulty", "Complex"), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET")));
        Assert.Equal(0, await OpenIncidentsAsync(hall));
        Assert.True(await hall.HasTaskAsync("石立群", accepted.Number, "部门协同"));

        // Back to what it was: the old drawing is the newest version now, and new cases begin with it.
        var back = await hall.DoAsync(Operator, new RollBackFlow("case-handling", main.DefinitionVersion, "新版短信写错了"));
        Assert.NotNull(back.Published);
        Assert.Equal(["Reason"], (await Assert.ThrowsAsync<FormRejectedException>(() => hall.DoAsync(Operator, new RollBackFlow("case-handling", main.DefinitionVersion + 1, " ")))).Faults.Keys);
        var act = Assert.Single(await hall.ReadAsync(db => FlowAct.OfAsync(db, "case-handling", 10, Ct)));
        Assert.Equal((FlowActKind.RolledBack, main.DefinitionVersion, back.Published!.Version, "新版短信写错了", Operator), (act.Kind, act.FromVersion, act.ToVersion, act.Reason, act.ActorName));
        Assert.Equal("flow.version-in-force", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new RollBackFlow("case-handling", back.Published!.Version, "再退")))).Code);
        Assert.Equal("flow.version-unknown", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new RollBackFlow("case-handling", 99, "再退")))).Code);
        Assert.Equal("flow.cases-begin-with-it", (await HallWork.RefusedAsync(() => hall.DoAsync(Operator, new RetractFlow("case-handling")))).Code);
        Assert.True(await hall.DoAsync(Operator, new RetractFlow("pause")));
        Assert.False(await hall.DoAsync(Operator, new RetractFlow("pause")));
        Assert.NotNull(await hall.AcceptsAsync(HallWork.Form with { Phone = "10066770000" }));
    }

    [Fact(DisplayName = "新版本从头走没毛病，可从这一件现在停的地方走会没有答复：闸门不让换，讲清楚会怎样，原样不动")]
    public async Task A_version_that_keeps_its_promise_from_the_start_need_not_keep_it_from_here()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00", _folder);
        static Sketch Drawn() => new Sketch("case-handling").Clock().Task("核实", 1).Reply().Close();
        await PublishAsync(hall, Drawn().Wires("start>启动时限>核实>答复>办结").Json.ToJsonString());
        var accepted = await hall.AcceptsAsync();
        var main = await MainAsync(hall);
        // In the new version the citizen is told first, and what was the step before the reply is one after it.
        var to = await PublishAsync(hall, Drawn().Task("先看", 1).Wires("start>启动时限>先看>答复>核实>办结").Json.ToJsonString());
        var plan = new MovePlan("case-handling", main.DefinitionVersionId, to);

        await using (var scope = hall.Services.CreateAsyncScope())
        {
            var line = Assert.Single(await scope.ServiceProvider.GetRequiredService<FlowOperations>().SurveyAsync(plan, 0, 10, Ct));
            var broken = Assert.Single(line.Faults);
            Assert.Equal(MoveFaultKind.PromiseBroken, broken.Kind);
            Assert.Contains("G002", broken.Detail, StringComparison.Ordinal);
            Assert.Contains("从现在停的地方 → 核实选择“好” → 办结 → 办结，但没有答复", broken.Detail, StringComparison.Ordinal);
        }
        Assert.Equal(MoveFaultKind.PromiseBroken, Assert.Single(await hall.DoAsync(Operator, new MoveFlow(plan, main.Id, "更好"))).Kind);
        Assert.Equal(main.Version, (await MainAsync(hall)).Version);
        Assert.True(await hall.HasTaskAsync(Head, accepted.Number, "核实"));

        // What only adds a step behind the reply may be taken at once.
        var harmless = await PublishAsync(hall, Drawn().Line("记一笔").Wires("start>启动时限>核实>答复>记一笔>办结").Json.ToJsonString());
        Assert.Empty(await hall.DoAsync(Operator, new MoveFlow(plan with { ToVersionId = harmless }, main.Id, "更好")));
    }

    [Fact(DisplayName = "关机几天，钟又往回拨一天：到期的提醒各发一次，不多也不少")]
    public async Task Timers_survive_days_off_and_a_clock_that_jumps_back()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        await hall.JudgesAsync(accepted.Number);
        await hall.RestartAsync("2026-03-20 09:00");
        var due = hall.Services.GetRequiredService<IDueWork>();
        await due.DrainAsync(Ct);
        var journal = await KindsAsync(hall, accepted.Id);
        await hall.RestartAsync("2026-03-19 09:00");
        await hall.Services.GetRequiredService<IDueWork>().DrainAsync(Ct);
        await hall.RestartAsync("2026-03-20 09:30");
        await hall.Services.GetRequiredService<IDueWork>().DrainAsync(Ct);
        Assert.Equal(journal, await KindsAsync(hall, accepted.Id));
        Assert.Contains(journal, k => k == JournalKinds.TaskOverdue || k == JournalKinds.SmsQueued);
        Assert.Empty((await hall.ReadAsync(db => FlowHealth.StuckAsync(db, 0, 1_000_000, Ct))).Found);
    }

    private static Task<List<string>> KindsAsync(Hall hall, CaseId id) => hall.ReadAsync(db => db.CaseJournal.Where(j => j.CaseId == id).OrderBy(j => j.Sequence).Select(j => j.Kind).ToListAsync(Ct));

    private static Task<FlowInstanceRow> MainAsync(Hall hall) => hall.ReadAsync(db => db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.DefinitionId == "case-handling", Ct));

    private static Task<List<DateTimeOffset?>> TimersAsync(Hall hall, Guid instance) =>
        hall.ReadAsync(db => db.Set<FlowWaitRow>().AsNoTracking().Where(w => w.InstanceId == instance).OrderBy(w => w.Id).Select(w => w.DueAt).ToListAsync(Ct));

    private static async Task<string> PublishAsync(Hall hall, string text)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        var results = await hall.Door.SendAsync(new ImportFlowFiles([new FlowFile("case-handling.json", json.ToJsonString())]), Actor.Clock, Ct);
        Assert.Equal(FileOutcome.Published, Assert.Single(results).Outcome);
        return await hall.ReadAsync(db => db.Set<FlowDefinitionRow>().Where(d => d.DefinitionId == "case-handling" && d.IsPublished).Select(d => d.VersionId).SingleAsync(Ct));
    }

    private static async Task<IReadOnlyList<FlowPlace>> PlacesAsync(Hall hall, string versionId)
    {
        await using var scope = hall.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<FlowOperations>().PlacesAsync(versionId, Ct))!;
    }

    public void Dispose() => Directory.Delete(_folder, true);
}
