using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Database;

/// <summary>Brings the database to the program's schema at a start or by <c>migrate</c>.</summary>
public static class DatabaseUpgrade
{
    /// <returns>The names of the migrations applied; empty when nothing was pending.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        using var turn = await scope.ServiceProvider.GetRequiredService<WriterLane>().EnterAsync(ct);

        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count > 0) await db.Database.MigrateAsync(ct);
        if (db.Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", ct);
        return pending;
    }
}
