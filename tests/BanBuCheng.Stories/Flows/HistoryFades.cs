using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>流程自己的运行记录有期限：过了期限的放掉，还在办的照样办得完。</summary>
public sealed class HistoryFades
{
    private const string Year = """
        { "id": "year-v1", "definitionId": "a-year", "name": "等一年多", "version": 1,
          "root": { "id": "main", "type": "Elsa.Sequence", "activities": [
            { "id": "d1", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:01:00" } } },
            { "id": "e", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "go-on" } } } ] } }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "一年以前的运行记录和办完的流程放掉，没办完的接着办")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Old_history_goes_and_what_runs_goes_on(Database database)
    {
        var empty = Directory.CreateTempSubdirectory("no-flows-").FullName;
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", empty);
        Directory.Delete(empty);
        Assert.Equal(FileOutcome.Published, Assert.Single(await hall.Door.SendAsync(new ImportFlowFiles([new FlowFile("year.json", Year)]), Actor.Clock, Ct)).Outcome);
        var due = hall.Services.GetRequiredService<IDueWork>();
        await StartAsync("ends");
        await StartAsync("stays");
        hall.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await due.DrainAsync(Ct));
        Assert.Equal(1, await PublishAsync("ends"));
        Assert.Equal((2, 5), await RowsAsync());

        hall.Clock.Advance(TimeSpan.FromDays(364));
        await due.DrainAsync(Ct);
        Assert.Equal((2, 5), await RowsAsync());

        hall.Clock.Advance(TimeSpan.FromDays(2));
        await due.DrainAsync(Ct);
        Assert.Equal((1, 0), await RowsAsync());
        Assert.Equal(1, await PublishAsync("stays"));
        Assert.Equal(FlowStatus.Finished, await hall.ReadAsync(db => db.Set<FlowInstanceRow>().Select(i => i.Status).SingleAsync(Ct)));
        Assert.Equal((1, 1), await RowsAsync());

        Task StartAsync(string correlation) => hall.StepAsync(flows => flows.StartAsync(new FlowStart("a-year") { CorrelationId = correlation }, Ct));
        Task<int> PublishAsync(string correlation) => hall.StepAsync(flows => flows.PublishEventAsync("go-on", correlation, null, null, Ct));
        async Task<(int, int)> RowsAsync() => (await hall.RowsAsync("flow_instances"), await hall.RowsAsync("flow_log"));
    }
}
