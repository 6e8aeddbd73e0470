using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BanBuCheng.Desk.Backup;

namespace BanBuCheng.Web.Commands;

/// <summary>Exactly one JSON document on standard output with <c>--json</c>; words for people without.</summary>
internal static class Output
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = false,
    };

    public static void Write(object document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, document.GetType(), Json));

    /// <summary>Runs a verb and turns every failure into its exit code, its sentence and, with <paramref name="json"/>, its document.</summary>
    public static async Task<int> RunAsync(bool json, Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (WrongUseException wrong)
        {
            return Fail(json, ExitCodes.WrongUse, "wrong-use", wrong.Message);
        }
        catch (BackupRefusedException refused)
        {
            // What is wrong with the file itself is a finding; what is wrong with where and when it was asked for is wrong use.
            var code = refused.Reason is BackupRefusal.DamagedArchive or BackupRefusal.NewerSchema ? ExitCodes.Findings : ExitCodes.WrongUse;
            return Fail(json, code, JsonNamingPolicy.KebabCaseLower.ConvertName(refused.Reason.ToString()), refused.Message);
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or FormatException or JsonException)
        {
            return Fail(json, ExitCodes.Findings, "unreadable-input", unreadable.Message);
        }
#pragma warning disable CA1031 // The last line of defence of a command: said, and told to the shell.
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(unexpected.ToString());
            return Fail(json, ExitCodes.Unexpected, "unexpected", unexpected.Message);
        }
#pragma warning restore CA1031
    }

    private static int Fail(bool json, int code, string word, string message)
    {
        if (json) Write(new { error = new { code = word, message } });
        else Console.Error.WriteLine(message);
        return code;
    }
}
