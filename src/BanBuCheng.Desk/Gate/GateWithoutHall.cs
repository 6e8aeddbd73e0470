using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Gate;

/// <summary>The gate for files alone, without a database: the built-in policy, and the people the caller brings.</summary>
public static class GateWithoutHall
{
    /// <summary>A host that knows the desk's activities and the names its expressions may use; it runs nothing.</summary>
    public static FlowHost Host { get; } = new(new ActivityCatalogue([.. BuiltIn.Descriptors, .. DeskServices.Palette]), TimeProvider.System,
        new FlowOptions { ContinueWithIncidents = true }, [new CaseHostValues()]);

    /// <summary>Files together; sub-flows are found among them. A file that is no document is a finding, and the others are looked at all the same.</summary>
    public static FileVerdict Inspect(IReadOnlyList<FlowFile> files, HallDirectory hall)
    {
        var findings = new List<FileFinding>();
        var fileOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var flows = new List<FlowDocument>();
        foreach (var file in files)
        {
            var read = FlowReader.Read(file.Text);
            findings.AddRange(read.Findings.Select(f => new FileFinding(file.Name, "D000", f.IsError, f.ActivityId, f.Message, null, [f.Path], null)));
            if (read.Document is not { } document) continue;
            if (!fileOf.TryAdd(document.DefinitionId, file.Name))
                findings.Add(new FileFinding(file.Name, "D000", true, null, $"与 {fileOf[document.DefinitionId]} 是同一个流程（definitionId “{document.DefinitionId}”）。", null, [], null));
            else flows.Add(document);
        }
        var byId = flows.ToDictionary(f => f.DefinitionId, StringComparer.Ordinal);
        var inspection = new FlowInspection(Host).Inspect(flows, (id, _) => byId.GetValueOrDefault(id), hall, DeadlinePolicy.Default);
        findings.AddRange(inspection.Findings.Select(f => new FileFinding(
            fileOf.GetValueOrDefault(f.DefinitionId ?? "", f.DefinitionId ?? ""), f.Code, f.IsError, f.ActivityId, f.Message, f.Story, [.. f.Path.Select(InFile)], f.Because) { Replayed = f.Replayed }));
        return new FileVerdict(findings, inspection.Slack, flows.Count);

        string InFile(string step) =>
            step.IndexOf('#', StringComparison.Ordinal) is > 0 and var cut && fileOf.TryGetValue(step[..cut], out var name) ? name + step[cut..] : step;
    }
}

/// <param name="Slack">Working days; null when none was computed.</param>
/// <param name="Flows">How many could be read.</param>
public sealed record FileVerdict(IReadOnlyList<FileFinding> Findings, int? Slack, int Flows);

/// <param name="Path">File, <c>#</c>, activity; of a damaged document the JSON path.</param>
public sealed record FileFinding(
    string File, string Code, bool IsError, string? ActivityId, string Message, string? Story, IReadOnlyList<string> Path, string? Because)
{
    /// <summary>The story came about when it was forced through the interpreter; null when it was not, or there is none.</summary>
    public bool? Replayed { get; init; }
}
