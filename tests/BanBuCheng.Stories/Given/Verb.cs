using System.Diagnostics;
using System.Text.Json;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Database;
using BanBuCheng.Stories.House;
using Xunit;

namespace BanBuCheng.Stories.Given;

/// <summary>The real program, run for one verb: <c>banbucheng.dll</c> from the web project's build output.</summary>
internal static class Verb
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    /// <summary>Beside this test assembly, in the same configuration.</summary>
    public static string Program
    {
        get
        {
            var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            var program = Repository.Path(Path.Combine("src", "BanBuCheng.Web", "bin", build.Parent!.Name, build.Name, "banbucheng.dll"));
            return File.Exists(program) ? program : throw new FileNotFoundException($"Expected the built program at {program}.");
        }
    }

    /// <summary>The settings of a place, for a program's environment.</summary>
    public static Dictionary<string, string?> Environment(HallPlace place) => place.Provider is DatabaseProvider.Sqlite
        ? []
        : new() { ["Database__Provider"] = "PostgreSql", ["ConnectionStrings__Desk"] = place.Connection };

    /// <summary>Runs a verb with <c>--json</c> and reads its one document.</summary>
    public static async Task<(int ExitCode, JsonElement Answer)> RunAsync(HallPlace place, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments, "--json", "--data", place.DataFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in Environment(place)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var bound = new CancellationTokenSource(Bound);
        await process.WaitForExitAsync(bound.Token);
        try
        {
            using var document = JsonDocument.Parse(output);
            return (process.ExitCode, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"Expected one JSON document from {string.Join(' ', arguments)}, but it said:\n{output}\n{await errors}");
        }
    }
}
