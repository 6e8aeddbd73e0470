using System.CommandLine;
using System.Text.Json.Serialization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Commands;

/// <summary><c>audit verify</c>: whether anybody touched the journal of the cases. Reads only, also while the site is open.</summary>
internal static class AuditCommands
{
    public static void AddTo(RootCommand root)
    {
        var audit = new Command("audit", "办件流水");
        var data = CommandLine.DataOption();
        var json = CommandLine.JsonOption();
        var verify = new Command("verify", "逐条核对办件流水：有没有被改、被删、换位置、剪尾巴") { data, json };
        verify.SetAction((parsed, ct) => Output.RunAsync(parsed.GetValue(json), async () =>
        {
            await using var app = HostBuilder.Build([], HostMode.Existing(parsed.GetValue(data)));
            var answer = await VerifyAsync(app.Services, ct);
            if (parsed.GetValue(json)) Output.Write(answer);
            else Say(answer);
            return answer.Ok ? ExitCodes.Good : ExitCodes.Findings;
        }));
        audit.Subcommands.Add(verify);
        root.Subcommands.Add(audit);
    }

    /// <exception cref="WrongUseException">The database is older or newer than the program.</exception>
    public static async Task<AuditAnswer> VerifyAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any()) throw new WrongUseException("数据库比程序旧，先运行 migrate。");
        var report = await JournalAudit.VerifyAsync(db, services.GetRequiredService<JournalSeal>(), ct);
        return new AuditAnswer(report.Ok, report.Cases, report.Rows, report.Checkpoints,
            [.. report.Findings.Select(f => new AuditFinding(f.CaseNumber, f.Row, f.What, f.Message))]);
    }

    public static void Say(AuditAnswer answer)
    {
        foreach (var finding in answer.Findings) Console.WriteLine(finding.CaseNumber is { } number ? $"{number}：{finding.Message}" : finding.Message);
        Console.WriteLine(answer.Ok
            ? $"{answer.Cases} 件、{answer.Rows} 条流水，都和写下时一样。"
            : $"{answer.Cases} 件、{answer.Rows} 条流水，{answer.Findings.Count} 处不对。");
    }
}

/// <summary>What <c>audit verify --json</c> prints.</summary>
internal sealed record AuditAnswer(bool Ok, int Cases, long Rows, int Checkpoints, IReadOnlyList<AuditFinding> Findings);

/// <param name="Row">The journal entry within the case.</param>
internal sealed record AuditFinding(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CaseNumber,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Row,
    JournalFault What, string Message);
