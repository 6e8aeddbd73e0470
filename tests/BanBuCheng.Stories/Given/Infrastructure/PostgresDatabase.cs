namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>A fresh PostgreSQL database for one test class (<c>IClassFixture&lt;PostgresDatabase&gt;</c>), made when first asked for.</summary>
public sealed class PostgresDatabase
{
    private string? _connection;

    /// <summary>Skips the asking test where there is no PostgreSQL (fails in CI).</summary>
    public async Task<string> ConnectionAsync() => _connection ??= await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
}
