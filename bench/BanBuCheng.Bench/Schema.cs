using BanBuCheng.Desk.Database;

namespace BanBuCheng.Bench;

/// <summary>Writes what is generated from the model and its migrations: the schema scripts and the compiled models.</summary>
internal static class Schema
{
    public static async Task RunAsync()
    {
        foreach (var provider in CompiledModels.Providers)
        {
            var file = Repository.Path("src/BanBuCheng.Desk/" + SchemaScript.FileOf(provider));
            await using var db = DatabaseSetup.DesignTime(provider);
            await File.WriteAllTextAsync(file, SchemaScript.Generate(db));
            Console.WriteLine(Path.GetRelativePath(Repository.Root, file));

            var folder = Repository.Path(CompiledModels.FolderOf(provider));
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Console.WriteLine($"{CompiledModels.FolderOf(provider)}: {CompiledModels.Write(provider, folder).Count} files");
        }
    }
}
