using BanBuCheng.Stories.Given.Infrastructure;
using Npgsql;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>The test databases: fresh, apart from one another, and copied from a template where a schema is wanted.</summary>
public sealed class PostgresIsReady(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task A_class_keeps_its_database_and_another_gets_its_own()
    {
        var mine = await database.ConnectionAsync();
        Assert.Equal(mine, await database.ConnectionAsync());
        Assert.NotEqual(mine, await (await PostgresServer.SharedAsync()).NewDatabaseAsync());
    }

    [Fact]
    public async Task Every_copy_of_a_template_has_what_was_prepared_once()
    {
        var server = await PostgresServer.SharedAsync();
        var prepared = 0;
        async Task Prepare(string connection)
        {
            prepared++;
            await RunAsync(connection, "CREATE TABLE sign (word text); INSERT INTO sign VALUES ('办不成事')");
        }

        var copies = new List<string>();
        for (var i = 0; i < 2; i++) copies.Add(await server.NewDatabaseAsync("sign", Prepare));
        await RunAsync(copies[0], "DELETE FROM sign");

        Assert.Equal(1, prepared);
        Assert.Null(await RunAsync(copies[0], "SELECT word FROM sign"));
        Assert.Equal("办不成事", await RunAsync(copies[1], "SELECT word FROM sign"));
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
