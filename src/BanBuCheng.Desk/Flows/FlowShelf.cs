using System.ComponentModel.DataAnnotations;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Flows;

/// <summary>Where the shipped flows lie.</summary>
public sealed class FlowShelfOptions
{
    public const string Section = "Flows";

    /// <summary>流程文件的目录；不写就用程序旁边的 workflows。</summary>
    [StringLength(500)] public string? Directory { get; init; }
}

/// <summary>The shipped documents beside the program, and their way into the database at a start.</summary>
public sealed partial class FlowShelf(StepDoor door, IServiceScopeFactory scopes, IOptions<FlowShelfOptions> options, ILogger<FlowShelf> log)
{
    /// <summary>Imports what changed since the last start. A damaged file is named in the log; the others are taken all the same.</summary>
    public async Task<IReadOnlyList<FileImport>> ImportAsync(CancellationToken ct)
    {
        var directory = options.Value.Directory ?? Path.Combine(AppContext.BaseDirectory, "workflows");
        var files = await FlowFile.ReadAllAsync(directory, ct);
        if (files.Count == 0) NothingThere(log, directory);
        var results = await TakeAsync(files, ct);
        foreach (var result in results)
        {
            var findings = string.Join("；", result.Findings.Select(f => $"{f.Code} {f.Message} {string.Join(' ', f.Path)}"));
            switch (result.Outcome)
            {
                case FileOutcome.Published:
                    Published(log, result.FileName, result.Version);
                    break;
                case FileOutcome.KeptAsDraft:
                    KeptAsDraft(log, result.FileName);
                    break;
                case FileOutcome.Refused or FileOutcome.Damaged:
                    NotTaken(log, result.FileName, result.Outcome, findings);
                    break;
            }
        }

        return results;
    }

    /// <summary>Takes files over in one step. The gate goes through them before it: nobody else's step waits for that.</summary>
    public async Task<IReadOnlyList<FileImport>> TakeAsync(IReadOnlyList<FlowFile> files, CancellationToken ct)
    {
        await using (var scope = scopes.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FlowLibrary>().LookAtFilesAsync(files, ct);
        return await door.SendAsync(new ImportFlowFiles(files), Actor.Clock, ct);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Flow file {File} published as version {Version}")]
    private static partial void Published(ILogger log, string file, int version);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Flow file {File} is new, but the flow was edited here: kept as draft 随产品更新")]
    private static partial void KeptAsDraft(ILogger log, string file);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Flow file {File} was not taken ({Outcome}): {Findings}")]
    private static partial void NotTaken(ILogger log, string file, FileOutcome outcome, string findings);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "No flow files in {Directory}: cases cannot be accepted until a flow is published")]
    private static partial void NothingThere(ILogger log, string directory);
}

/// <summary>Takes flow files over by the rules of files and the database: unchanged ones are left, edited flows are not overwritten.</summary>
public sealed record ImportFlowFiles(IReadOnlyList<FlowFile> Files) : IStep<IReadOnlyList<FileImport>>;

internal sealed class ImportFlowFilesHandler(FlowLibrary library) : IRequestHandler<ImportFlowFiles, IReadOnlyList<FileImport>>
{
    public async Task<IReadOnlyList<FileImport>> Handle(ImportFlowFiles request, CancellationToken cancellationToken) =>
        await library.ImportFilesAsync(request.Files, cancellationToken);
}
