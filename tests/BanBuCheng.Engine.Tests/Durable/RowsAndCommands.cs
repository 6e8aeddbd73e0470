using System.Data;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>Prepared commands and EF write the same bytes and read each other's rows.</summary>
public sealed class RowsAndCommands
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 30, 15, 123, TimeSpan.FromHours(8));

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Entity_Framework_and_the_commands_write_every_table_alike(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        var at = At.ToUniversalTime();
        Guid one = Guid.Parse("0198f3aa-bbcc-7dde-8fff-0123456789ab"), two = Guid.Parse("0198f3aa-bbcc-7dde-8fff-0123456789ac");

        // Everything once by the commands, with the id "one" …
        await database.StepAsync(async services =>
        {
            var store = services.GetRequiredService<DbFlowStore>();
            var instance = new FlowInstance
            {
                Id = one, DefinitionId = "d", DefinitionVersionId = "v", DefinitionVersion = 3, CorrelationId = "c", Name = "名", ParentId = one,
                Status = FlowStatus.Running, SubStatus = FlowSubStatus.Suspended, CreatedAt = At, UpdatedAt = At, FinishedAt = At, State = "{\"f\":1}", Outputs = "{}",
                OpenIncidents = 2, JournalLength = 1,
            };
            store.Add(instance);
            store.Log(instance, 0, [new JournalEntry(JournalKind.Line, "a", "main/a", "T", 1, "行", at)]);
            store.Add(new FlowWait(one, one, "n", "h", "{}", "a", "main/a", 4, At, "tag", "{}", At));
            store.Add(new KeptStimulus(one, "n", "h", "c", one, "{}", At, At));
            store.ReplaceTriggers("d", [new FlowTrigger(one, "d", "v", "a", "main/a", "n", "h", "{}", At, TimeSpan.FromMinutes(5), "* * * * *")]);
            store.Add(new FlowIncident(one, one, "a", "main/a", 4, "System.Exception", "m", "x", At));
            store.Put(new StoredDefinition("v1", "d1", 3, "名", true, false, true, "{}", At));
            store.Put(new FlowSourceRow { FileName = "f1", Hash = "h", DefinitionId = "d", Outcome = FileOutcome.Published, ImportedAt = At });
            return 0;
        });
        // … and once by EF, with the id "two".
        await database.LookAsync(async db =>
        {
            var instance = new FlowInstanceRow
            {
                Id = two, DefinitionId = "d", DefinitionVersionId = "v", DefinitionVersion = 3, Version = 1, CorrelationId = "c", Name = "名", ParentId = two,
                Status = FlowStatus.Running, SubStatus = FlowSubStatus.Suspended, CreatedAt = At, UpdatedAt = At, FinishedAt = At, State = "{\"f\":1}", Outputs = "{}",
                OpenIncidents = 2, JournalLength = 1,
            };
            db.Add(instance);
            await db.SaveChangesAsync();
            db.Add(new FlowLogRow { InstanceNo = instance.No, FirstSeq = 0, Count = 1, At = At, Data = """{"k":"Line","n":"main/a","t":"T","e":1,"x":"行"}""" });
            db.Add(new FlowWaitRow { Id = two, InstanceId = two, Name = "n", Hash = "h", Payload = "{}", ActivityId = "a", NodePath = "main/a", Execution = 4, DueAt = At, Tag = "tag", Details = "{}", CreatedAt = At });
            db.Add(new FlowInboxRow { Id = two, Name = "n", Hash = "h", CorrelationId = "c", InstanceId = two, Input = "{}", CreatedAt = At, KeepUntil = At });
            db.Add(new FlowTriggerRow { Id = two, DefinitionId = "d", DefinitionVersionId = "v", ActivityId = "a", NodePath = "main/a", Name = "n", Hash = "h", Payload = "{}", DueAt = At, IntervalTicks = TimeSpan.FromMinutes(5).Ticks, Cron = "* * * * *" });
            db.Add(new FlowIncidentRow { Id = two, InstanceId = two, ActivityId = "a", NodePath = "main/a", Execution = 4, Type = "System.Exception", Message = "m", Details = "x", At = At });
            db.Add(new FlowDefinitionRow { VersionId = "v2", DefinitionId = "d2", Version = 3, Name = "名", Document = "{}", Hash = DbFlowStore.HashOf("{}"), IsLatest = true, UsableAsActivity = true, Origin = FlowOrigin.Carried, CreatedAt = At });
            db.Add(new FlowSourceRow { FileName = "f2", Hash = "h", DefinitionId = "d", Outcome = FileOutcome.Published, ImportedAt = At });
            return await db.SaveChangesAsync();
        });

        foreach (var table in new[] { "flow_instances", "flow_log", "flow_waits", "flow_inbox", "flow_triggers", "flow_incidents", "flow_definitions", "flow_sources" })
        {
            var rows = await RawAsync(database, table);
            Assert.Equal(2, rows.Count);
            Assert.Equal(rows[0].Keys, rows[1].Keys);
            foreach (var (column, (type, text)) in rows[0])
            {
                var (otherType, otherText) = rows[1][column];
                Assert.True(type == otherType, $"{table}.{column}: {type} by command, {otherType} by EF");
                if (column is "no" or "id" or "instance_no" or "version_id" or "definition_id" or "file_name" or "instance_id" or "parent_id")
                    Assert.Equal(text.Length, otherText.Length);
                else
                    Assert.True(text == otherText, $"{table}.{column}: {text} by command, {otherText} by EF");
            }
        }
        // Each finds the other's rows by key and by instant.
        Assert.Equal([one, two], (await database.LookAsync(db => db.Waits.Where(w => w.DueAt <= At && w.InstanceId == w.Id).Select(w => w.Id).ToListAsync())).Order());
        Assert.Equal([new DueTimer(one, at), new(one, at), new(two, at), new(two, at)], await database.LookAsync(async db => await FlowTimers.DueTimersAsync(db, at, null, 9, default)));
        foreach (var id in new[] { one, two })
            await database.StepAsync(async services =>
            {
                var store = services.GetRequiredService<DbFlowStore>();
                var instance = (await store.LoadAsync(id, default))!;
                Assert.Equal((at, at, "名", FlowSubStatus.Suspended, "{\"f\":1}"), (instance.CreatedAt, instance.FinishedAt!.Value, instance.Name, instance.SubStatus, instance.State));
                Assert.Equal(new FlowWait(id, id, "n", "h", "{}", "a", "main/a", 4, at, "tag", "{}", at), await store.WaitAsync(id, default));
                return 0;
            });
        if (provider == Provider.Sqlite)
        {
            var wait = (await RawAsync(database, "flow_waits"))[0];
            Assert.Equal(("text", "0198F3AA-BBCC-7DDE-8FFF-0123456789AB"), wait["id"]);
            Assert.Equal(("text", "2026-03-02 01:30:15.123"), wait["due_at"]);
        }
    }

    [Fact]
    public async Task Resuming_a_flow_on_PostgreSQL_takes_at_most_four_round_trips()
    {
        TurnCounter? counter = null;
        await using var database = await FlowDatabase.CreateAsync(Provider.Postgres, through: connection =>
        {
            var builder = new NpgsqlConnectionStringBuilder(connection);
            counter = new TurnCounter(builder.Port);
            builder.Port = counter.Port;
            return builder.ToString();
        });
        await database.PublishAsync(Drawn.Flow("three", Drawn.Sequence("main", Drawn.Line("l", "x"), Drawn.Event("a", "a"), Drawn.Delay("d", "00:01:00"), Drawn.Event("b", "b"))));
        for (var round = 0; round < 2; round++)
        {
            // The first round prepares the statements on their connection.
            var (id, starting) = await CountAsync(counter!, () => database.StartAsync("three", "c"));
            var waits = await database.WaitsAsync(id);
            var (_, waking) = await CountAsync(counter!, () => database.StepAsync(flows => flows.WakeAsync(waits[0].Id, null, default)));
            database.Clock.Advance(TimeSpan.FromMinutes(2));
            waits = await database.WaitsAsync(id);
            var (_, firing) = await CountAsync(counter!, () => database.StepAsync(flows => flows.FireTimerAsync(waits[0].Id, default)));
            waits = await database.WaitsAsync(id);
            var (isWoken, ending) = await CountAsync(counter!, () => database.StepAsync(flows => flows.WakeAsync(waits[0].Id, null, default)));
            Assert.True(isWoken);
            if (round == 0) continue;
            // Read and lock, ask for a kept event where one is waited for, write everything, commit.
            Assert.Equal((4, 3, 4, 3), (starting, waking, firing, ending));
        }
        counter!.Dispose();
    }

    [Fact]
    public async Task An_event_for_one_case_is_found_by_the_case_and_a_due_timer_by_its_time()
    {
        await using var database = await FlowDatabase.CreateAsync(Provider.Sqlite);
        var plans = await database.LookAsync(async db =>
        {
            var sql = FlowSql.Of(db);
            var found = new List<string>();
            foreach (var statement in new[] { sql.WaitsByHashAndCorrelation, sql.DueWaits, sql.NextWait, sql.LoadOfWait, sql.RunningOfDefinition, sql.Kept, sql.TriggersByHash })
            {
                await db.Database.OpenConnectionAsync();
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = "EXPLAIN QUERY PLAN " + statement.Text;
                foreach (var (name, _) in statement.Parameters)
                {
                    var parameter = command.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = (name, 1);
                    command.Parameters.Add(parameter);
                }
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync()) found.Add(reader.GetString(3));
            }
            return found;
        });
        Assert.DoesNotContain(plans, p => p.StartsWith("SCAN", StringComparison.Ordinal) && !p.Contains("INDEX", StringComparison.Ordinal));
        Assert.Contains(plans, p => p.Contains("ix_flow_instances_correlation", StringComparison.Ordinal));
        Assert.Contains(plans, p => p.Contains("w USING INDEX ix_flow_waits_instance", StringComparison.Ordinal));
        Assert.Contains(plans, p => p.Contains("ix_flow_waits_due", StringComparison.Ordinal));
        Assert.Contains(plans, p => p.Contains("ix_flow_instances_running", StringComparison.Ordinal));
    }

    private static async Task<(T Result, int Turns)> CountAsync<T>(TurnCounter counter, Func<Task<T>> act)
    {
        var before = counter.Turns;
        var result = await act();
        return (result, counter.Turns - before);
    }

    private static Task<List<SortedDictionary<string, (string Type, string Text)>>> RawAsync(FlowDatabase database, string table) => database.LookAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var type = database.Provider == Provider.Sqlite ? "typeof" : "pg_typeof";
        var columns = db.Model.GetEntityTypes().Single(e => e.GetTableName() == table).GetProperties().Select(p => p.GetColumnName()).ToList();
        command.CommandText = "SELECT " + string.Join(", ", columns.Select(c => $"CAST({type}({c}) AS text), CAST({c} AS text)")) + $" FROM {table} ORDER BY 2, 4";
        var rows = new List<SortedDictionary<string, (string, string)>>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
            for (var i = 0; i < columns.Count; i++) row[columns[i]] = (reader.GetString(2 * i), reader.IsDBNull(2 * i + 1) ? "null" : reader.GetString(2 * i + 1));
            rows.Add(row);
        }
        return rows;
    });
}
