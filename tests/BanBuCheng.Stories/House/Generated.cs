using BanBuCheng.Bench;
using BanBuCheng.Desk.Database;
using BanBuCheng.Stories.Backup;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.House;

/// <summary>What is generated from the model lies in the repository as it would be generated today.</summary>
public sealed class Generated
{
    private const string Remedy = $"Write it anew with: {SchemaScript.Regenerate} (should the program not build because of them, delete the Compiled folders first)";

    [Theory]
    [InlineData(nameof(DatabaseProvider.Sqlite))]
    [InlineData(nameof(DatabaseProvider.Postgres))]
    public void The_schema_script_says_what_the_model_says(string name)
    {
        var provider = Enum.Parse<DatabaseProvider>(name);
        using var db = DatabaseSetup.DesignTime(provider);

        var same = SchemaScript.Of(provider)!.ReplaceLineEndings("\n") == SchemaScript.Generate(db);

        Assert.True(same, $"{SchemaScript.FileOf(provider)} is not what the model says. {Remedy}");
    }

    [Theory]
    [InlineData(nameof(DatabaseProvider.Sqlite))]
    [InlineData(nameof(DatabaseProvider.Postgres))]
    public async Task The_schema_script_makes_what_the_migrations_make(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        var provider = Enum.Parse<DatabaseProvider>(name);
        await using var hall = await Hall.OpenAsync(provider is DatabaseProvider.Sqlite ? Database.Sqlite : Database.PostgreSql, "2026-03-02 09:00");
        await using var elsewhere = new Elsewhere();
        var place = await elsewhere.PlaceAsync(provider is DatabaseProvider.Sqlite ? Database.Sqlite : Database.PostgreSql);
        Directory.CreateDirectory(place.DataFolder);
        await using var migrated = DatabaseSetup.Open(provider, provider is DatabaseProvider.Sqlite ? place.Connection + ";Pooling=False" : place.Connection);
        await migrated.Database.MigrateAsync(ct);

        var made = await hall.ReadAsync(db => ShapeAsync(db, ct));
        Assert.True(made.Count > 500);
        Assert.Equal(await ShapeAsync(migrated, ct), made);
        Assert.Equal(await migrated.Database.GetAppliedMigrationsAsync(ct), await hall.ReadAsync(db => db.Database.GetAppliedMigrationsAsync(ct)));
    }

    /// <summary>Columns, keys, indexes and constraints, one line each. Defaults are left out: a column that was added later has one, and nobody uses it.</summary>
    private static async Task<List<string>> ShapeAsync(DeskDb db, CancellationToken ct)
    {
        FormattableString ask = db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal)
            ? (FormattableString)$"""
              SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '__EFMigrationsLock'
              UNION ALL SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
              UNION ALL SELECT m.name || ' to ' || f."table" || ' ' || f."from" || ' ' || f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
              UNION ALL SELECT name || ' checks ' || substr(sql, instr(sql, ' CHECK '), instr(substr(sql, instr(sql, ' CHECK ')), char(10)) - 1) FROM sqlite_master WHERE type = 'table' AND instr(sql, ' CHECK ') > 0
              """
            : $"""
              SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(character_maximum_length, 0) || ' ' || is_identity AS "Value" FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
              """;
        return [.. (await db.Database.SqlQuery<string>(ask).ToListAsync(ct)).Select(line => line.Trim().TrimEnd(',')).Order(StringComparer.Ordinal)];
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
