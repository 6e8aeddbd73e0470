using BanBuCheng.Bench;
using BanBuCheng.Desk.Database;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>What is generated from the model lies in the repository as it would be generated today.</summary>
public sealed class Generated
{
    private const string Remedy = $"Write it anew with: {SchemaScript.Regenerate} (should the program not build because of them, delete the Compiled folders first)";

    [Theory]
    [InlineData(nameof(DatabaseProvider.Sqlite))]
    [InlineData(nameof(DatabaseProvider.Postgres))]
    public void The_schema_script_says_what_the_migrations_say(string name)
    {
        var provider = Enum.Parse<DatabaseProvider>(name);
        using var db = DatabaseSetup.DesignTime(provider);

        var same = SchemaScript.Of(provider)!.ReplaceLineEndings("\n") == SchemaScript.Generate(db);

        Assert.True(same, $"{SchemaScript.FileOf(provider)} is not what the migrations say. {Remedy}");
    }

    [Theory]
    [InlineData(nameof(DatabaseProvider.Sqlite))]
    [InlineData(nameof(DatabaseProvider.Postgres))]
    public void The_compiled_model_is_the_model(string name)
    {
        var provider = Enum.Parse<DatabaseProvider>(name);
        var fresh = Directory.CreateTempSubdirectory("compiled-");
        try
        {
            var written = CompiledModels.Write(provider, fresh.FullName).Order(StringComparer.Ordinal).ToList();
            var kept = Repository.Path(CompiledModels.FolderOf(provider));

            var stale = written.Where(f => !File.Exists(Path.Combine(kept, f)) || Text(Path.Combine(kept, f)) != Text(Path.Combine(fresh.FullName, f)))
                .Concat(Directory.GetFiles(kept).Select(f => Path.GetFileName(f)).Except(written)).ToList();

            Assert.NotEmpty(written);
            Assert.True(stale.Count == 0, $"Stale: {string.Join(", ", stale)}. {Remedy}");
        }
        finally
        {
            fresh.Delete(recursive: true);
        }
    }

    /// <summary>Without the model's id, which is drawn anew each time.</summary>
    private static string Text(string file) =>
        string.Join('\n', File.ReadLines(file).Where(line => !line.Contains("modelId: new Guid(", StringComparison.Ordinal)));
}
