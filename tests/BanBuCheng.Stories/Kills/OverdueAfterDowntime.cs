using System.Globalization;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Stories.Backup;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.Given.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Kills;

/// <summary>
/// The real program was off when ten thousand timers fell due; it is killed while it catches up, and its clock jumps a day back and on
/// again: each timer takes effect once, and none while its time has not come.
/// </summary>
public sealed partial class OverdueAfterDowntime
{
    private const string Due = "2026-03-02 10:00:00", NextDay = "2026-03-03 10:00:00", DayBefore = "2026-03-01 10:00:00";

    private const string Waiting = """
        { "id": "wait-v1", "definitionId": "wait-a-while", "name": "等一等", "version": 1,
          "root": { "id": "main", "type": "Elsa.Sequence", "activities": [
            { "id": "d", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "01:00:00" } } },
            { "id": "l", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "到点" } } } ] } }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "关机时到点的一万个定时，开机补到一半被杀，钟又跳一天：各生效一次")]
    [InlineData(Database.Sqlite, 10_000)]
    [InlineData(Database.PostgreSql, 1_000)]
    public async Task Ten_thousand_overdue_timers_fire_once_each(Database database, int count)
    {
        await using var here = new Elsewhere();
        var place = await here.PlaceAsync(database);
        await CasesSurviveKills.PeopleAsync(place, "2026-03-02 08:59");
        var hall = await Hall.OverAsync(place, "2026-03-02 09:00");
        Assert.Equal(FileOutcome.Published, Assert.Single(await hall.Door.SendAsync(new ImportFlowFiles([new FlowFile("wait.json", Waiting)]), Actor.Clock, Ct)).Outcome);
        foreach (var some in Enumerable.Range(0, count).Chunk(1_000))
            await hall.StepAsync(async flows =>
            {
                foreach (var _ in some) await flows.StartAsync(new FlowStart("wait-a-while"), Ct);
                return 0;
            });
        await hall.LeaveAsync();

        // Killed while it catches up.
        await using var site = await ServedHall.StartAsync(place, here.Log, new Dictionary<string, string?> { ["Clockwork__SweepEvery"] = "00:00:01", ["Demo__StartAt"] = NextDay }, "--clock-control");
        await Until.TrueAsync(async () => await LeftAsync(place) < count, "the first timers to be fired", TimeSpan.FromSeconds(60), Ct);
        await site.KillAsync();
        var left = await LeftAsync(place);

        // A clock that is a day behind: nobody is early.
        await AgainAsync(site, DayBefore);
        Assert.Equal(left, await LeftAsync(place));

        await AgainAsync(site, NextDay);
        await Until.TrueAsync(async () => await LeftAsync(place) == 0, "all timers to be fired", TimeSpan.FromSeconds(120), Ct);

        // Back and on once more: nothing is left to be fired, and nothing is fired again.
        await AgainAsync(site, Due);
        await AgainAsync(site, NextDay);
        await site.StopAsync();
        await using var db = CasesSurviveKills.Open(place);
        var ours = db.Set<FlowInstanceRow>().Where(i => i.DefinitionId == "wait-a-while");
        Assert.Equal((count, count), (await ours.CountAsync(i => i.Status == FlowStatus.Finished && i.Version == 2, Ct), await ours.CountAsync(Ct)));
        Assert.Equal(2 * count, await db.Set<FlowLogRow>().CountAsync(l => ours.Any(i => i.No == l.InstanceNo), Ct));
        Assert.Equal(0, await db.Set<FlowIncidentRow>().CountAsync(Ct));
    }

    /// <summary>The program once more, its clock at that time, until it has looked for what is due at least twice.</summary>
    private static async Task AgainAsync(ServedHall site, string at)
    {
        if (site.Runs) await site.KillAsync();
        await site.StartAgainAsync(new Dictionary<string, string?> { ["Demo__StartAt"] = at });
        await Until.TrueAsync(async () => await SweepsAsync(site) >= 2, "two sweeps", TimeSpan.FromSeconds(180), Ct);
    }

    private static async Task<double> SweepsAsync(ServedHall site) =>
        Sweeps().Matches(await site.Http.GetStringAsync(new Uri("metrics", UriKind.Relative), Ct)).Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    private static async Task<int> LeftAsync(Desk.Backup.HallPlace place)
    {
        await using var db = CasesSurviveKills.Open(place);
        return await db.Set<FlowWaitRow>().CountAsync(w => w.DueAt != null && w.Name == "Elsa.Delay", Ct);
    }

    [GeneratedRegex(@"^banbucheng_clock_sweeps\S* (\d+)", RegexOptions.Multiline)]
    private static partial Regex Sweeps();
}
