using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Gate;

/// <summary>What the gate says to the latest version of a flow, with the drawings it speaks of. Looking only: no step, no lane.</summary>
/// <param name="Read">What reading the document found; an error among it, and nothing else was looked at.</param>
/// <param name="Drawings">The flow, those that use it and those it uses, by definition id.</param>
public sealed record Checkup(StoredDefinition Version, IReadOnlyList<FlowFinding> Read, Inspection Inspection, IReadOnlyDictionary<string, FlowDocument> Drawings)
{
    public bool IsRefused => Inspection.IsRefused || Read.Any(f => f.IsError);
}

/// <summary>Asks the gate outside of any step: for the page, and so that a publication finds its verdict ready.</summary>
public sealed class FlowCheckup(FlowLibrary library, PublishGate gate)
{
    /// <summary>Null when there is no such flow.</summary>
    public async Task<Checkup?> OfAsync(string definitionId, CancellationToken ct)
    {
        if (await library.AskAsync(definitionId, ct) is not { } asked) return null;
        if (asked.Question is not { } question) return new Checkup(asked.Version, asked.Findings, new Inspection([], null), new Dictionary<string, FlowDocument>());
        var drawings = new Dictionary<string, FlowDocument>(StringComparer.Ordinal);
        foreach (var flow in question.Consumers.Prepend(question.Candidate).SelectMany(f => FlowInspection.Closure(f, question.Part))) drawings.TryAdd(flow.DefinitionId, flow);
        return new Checkup(asked.Version, asked.Findings, await gate.InspectAsync(question, ct), drawings);
    }
}
