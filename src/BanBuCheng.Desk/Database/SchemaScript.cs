using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BanBuCheng.Desk.Database;

/// <summary>
/// The whole schema as one SQL text per provider, its migration history included. An empty database gets it in one go: applying the
/// migrations one by one costs a first start most of a second. The text is generated from the model, so it has no trace of how the tables
/// came to be; a test holds what it makes against what the migrations make.
/// </summary>
internal static class SchemaScript
{
    /// <summary>Writes the files anew; said wherever a difference is found.</summary>
    public const string Regenerate = "dotnet run -c Release --project bench/BanBuCheng.Bench schema";

    /// <summary>Null for SQL Server, which is brought up by its migrations.</summary>
    public static string? Of(DatabaseProvider provider)
    {
        if (FileOf(provider) is not { } file) return null;
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"Expected {file} inside the program. Write it with: {Regenerate}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The file beside the migrations, from the project's folder; also the name of the resource.</summary>
    public static string? FileOf(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => "Database/Sqlite/schema.sql",
        DatabaseProvider.Postgres => "Database/Postgres/schema.sql",
        _ => null,
    };

    /// <summary>The text as the model says it today. Without transactions: it is run inside one, all or nothing.</summary>
    public static string Generate(DeskDb db)
    {
        var history = db.GetService<IHistoryRepository>();
        var text = new StringBuilder().AppendLine(history.GetCreateScript()).AppendLine(db.Database.GenerateCreateScript());
        foreach (var migration in db.Database.GetMigrations()) text.AppendLine(history.GetInsertScript(new HistoryRow(migration, ProductInfo.GetVersion())));
        return text.ToString().ReplaceLineEndings("\n").Trim('\n', '\uFEFF') + "\n";
    }
}
