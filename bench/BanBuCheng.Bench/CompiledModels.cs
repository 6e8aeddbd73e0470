using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Bench;

/// <summary>
/// EF's model of the desk, written out as code, so that a start need not work it out: it saves about half a second of every start. Also
/// part of the tests, which compare what is written here with what lies in the repository.
/// </summary>
internal static class CompiledModels
{
    public static IReadOnlyList<DatabaseProvider> Providers { get; } = [DatabaseProvider.Sqlite, DatabaseProvider.Postgres];

    /// <summary>The folder from the root of the repository.</summary>
    public static string FolderOf(DatabaseProvider provider) => $"src/BanBuCheng.Desk/Database/{provider}/Compiled";

    /// <summary>Writes the files into a folder and says their names.</summary>
    public static IReadOnlyList<string> Write(DatabaseProvider provider, string folder)
    {
        using var db = DatabaseSetup.DesignTime(provider);
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
        ProviderServices(provider).ConfigureDesignTimeServices(services);
        using var designer = services.BuildServiceProvider();
        var files = designer.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(db.GetService<IDesignTimeModel>().Model, folder, new CompiledModelCodeGenerationOptions
        {
            ContextType = db.GetType(),
            ModelNamespace = $"BanBuCheng.Desk.Database.{provider}.Compiled",
            Language = "C#",
            UseNullableReferenceTypes = true,
        });
        return [.. files.Select(f => Path.GetFileName(f)!)];
    }

    private static IDesignTimeServices ProviderServices(DatabaseProvider provider)
    {
        var (assembly, type) = provider is DatabaseProvider.Sqlite
            ? ("Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices")
            : ("Npgsql.EntityFrameworkCore.PostgreSQL", "Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices");
        var found = System.Reflection.Assembly.Load(assembly).GetType(type, throwOnError: true)!;
        return (IDesignTimeServices)Activator.CreateInstance(found)!;
    }
}
