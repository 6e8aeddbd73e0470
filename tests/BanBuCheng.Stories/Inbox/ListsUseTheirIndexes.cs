using System.Data.Common;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Database.Sqlite;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Inbox;

/// <summary>Every list of the inbox finds its rows by an index, however many finished tasks lie beside the open ones.</summary>
public sealed class ListsUseTheirIndexes
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "收件箱的每张单子、每个数，都不用把待办从头翻到尾")]
    public async Task No_list_reads_all_tasks()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync();
        var recorder = new Recorder();
        await using var db = new SqliteDeskDb(DatabaseSetup.Configure(new DbContextOptionsBuilder<SqliteDeskDb>(), DatabaseProvider.Sqlite, hall.Place.Connection).AddInterceptors(recorder).Options);
        var actor = await hall.ReadAsync(async read => StaffActors.Of(await read.Staff.AsNoTracking().SingleAsync(s => s.Name == "温敬之", Ct)));
        var after = new InboxKey(hall.Clock.GetUtcNow(), new TaskId(accepted.Id.Value));

        foreach (var key in new InboxKey?[] { null, after })
        {
            await InboxQuery.MineAsync(db, actor, key, Ct);
            await InboxQuery.GroupAsync(db, actor, key, Ct);
            await InboxQuery.DoneAsync(db, actor, key, Ct);
        }

        await InboxQuery.CountsAsync(db, actor, Ct);
        await db.InboxTasks.AsNoTracking().Where(t => t.CaseId == accepted.Id).OrderBy(t => t.OpenedAt).ThenBy(t => t.Id).ToListAsync(Ct);
        await db.InboxTasks.AsNoTracking().AnyAsync(t => t.CaseId == accepted.Id && t.State == TaskState.Open, Ct);

        var ofTasks = recorder.Plans.Where(plan => plan.Sql.Contains("\"inbox_tasks\"", StringComparison.Ordinal)).ToList();
        Assert.True(ofTasks.Count >= 11, $"Expected each list and each number to ask, but there were {ofTasks.Count} questions.");
        Assert.All(ofTasks, plan => Assert.Contains(plan.Steps, step => step.StartsWith("SEARCH i", StringComparison.Ordinal)));
        // What was read in order and cut off is gone through again; a table never is.
        Assert.All(ofTasks, plan => Assert.DoesNotContain(plan.Steps, step => step.StartsWith("SCAN i", StringComparison.Ordinal) && !plan.Steps.Contains($"CO-ROUTINE {step[5..]}")));
        // The open ones lie in indexes of their own: of whoever holds them, of the unit and of the role that is asked.
        foreach (var index in new[] { "ix_inbox_tasks_holder_login", "ix_inbox_tasks_assigned_unit_sort", "ix_inbox_tasks_assigned_role" })
            Assert.Contains(ofTasks, plan => plan.Steps.Any(step => step.Contains(index, StringComparison.Ordinal)));
    }

    /// <summary>Asks for the plan of whatever is asked.</summary>
    private sealed class Recorder : DbCommandInterceptor
    {
        public List<(string Sql, List<string> Steps)> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await using var explain = command.Connection!.CreateCommand();
#pragma warning disable CA2100 // What EF wrote.
            explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
            foreach (DbParameter parameter in command.Parameters)
            {
                var copy = explain.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                explain.Parameters.Add(copy);
            }

            var steps = new List<string>();
            await using var rows = await explain.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken)) steps.Add(rows.GetString(3));
            Plans.Add((command.CommandText, steps));
            return result;
        }
    }
}
