using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Commands;

/// <summary>Where the data is and which database holds it: from <c>--data</c>, the configuration and the environment.</summary>
internal sealed record HostSettings(string DataDirectory, DatabaseProvider Provider, string Connection)
{
    /// <exception cref="WrongUseException">Unknown provider, or no connection string for a server database.</exception>
    public static HostSettings Read(IConfiguration configuration, string? dataOption)
    {
        var data = Path.GetFullPath(dataOption ?? configuration["Data:Directory"] ?? "data");
        var word = configuration["Database:Provider"] ?? "Sqlite";
        var provider = DatabaseSetup.Parse(word)
            ?? throw new WrongUseException($"Database:Provider 只能是 Sqlite、PostgreSql 或 SqlServer，现在是“{word}”。");
        var connection = provider is DatabaseProvider.Sqlite
            ? DatabaseSetup.SqliteFile(data)
            : configuration.GetConnectionString("Desk") is { Length: > 0 } given ? given
            : throw new WrongUseException("用服务器数据库时，要在 ConnectionStrings:Desk 里写连接串。");
        return new HostSettings(data, provider, connection);
    }

    /// <summary>As the program itself would read them, without composing it.</summary>
    public static HostSettings Read(string? dataOption)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        return Read(builder.Configuration, dataOption);
    }

    /// <exception cref="FileNotFoundException">No hall was ever opened there.</exception>
    public void MustExist()
    {
        var key = Path.Combine(DataDirectory, KeyFile.Name);
        if (!File.Exists(key)) throw new FileNotFoundException($"{DataDirectory} 不是数据目录：里面没有密钥 {KeyFile.Name}。");
        if (Provider is DatabaseProvider.Sqlite && !File.Exists(Place.Database)) throw new FileNotFoundException($"没有这个数据库：{Place.Database}");
    }

    public HallPlace Place => new(Provider, Connection, DataDirectory);
}

/// <summary>The command was used wrongly; exit code 2.</summary>
#pragma warning disable CA1032 // The sentence is the point.
internal sealed class WrongUseException(string message) : Exception(message);
#pragma warning restore CA1032
