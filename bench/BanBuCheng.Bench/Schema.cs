using BanBuCheng.Desk.Database;

namespace BanBuCheng.Bench;

/// <summary>Writes the schema scripts from the migrations.</summary>
internal static class Schema
{
    public static async Task RunAsync()
    {
        foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres })
        {
            var file = Repository.Path("src/BanBuCheng.Desk/" + SchemaScript.FileOf(provider));
            await using var db = DatabaseSetup.DesignTime(provider);
            await File.WriteAllTextAsync(file, SchemaScript.Generate(db));
            Console.WriteLine(Path.GetRelativePath(Repository.Root, file));
        }
    }
}
