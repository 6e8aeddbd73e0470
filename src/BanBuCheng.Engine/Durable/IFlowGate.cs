using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Engine.Durable;

/// <summary>闸门 — what a host demands of a flow before it is put in force. One error refuses.</summary>
public interface IFlowGate
{
    ValueTask<IReadOnlyList<FlowFinding>> CheckAsync(GateQuestion question, CancellationToken ct);

    /// <summary>May an instance that stands there go on in that version? Errors refuse.</summary>
    ValueTask<IReadOnlyList<FlowFinding>> CheckMoveAsync(Running.StandingFlow standing, string? correlationId, CancellationToken ct) => new([]);
}

/// <param name="Candidate">The document that is to be published.</param>
/// <param name="Consumers">Documents that use it and would move to it in the same transaction; they must hold with the new inside.</param>
/// <param name="Part">Definition id and (optional) version id → the document that would be in force then; null when there is none.</param>
public sealed record GateQuestion(FlowDocument Candidate, IReadOnlyList<FlowDocument> Consumers, Func<string, string?, FlowDocument?> Part)
{
    /// <summary>Other documents that would come into force in the same step.</summary>
    public IReadOnlyList<FlowDocument> Neighbours { get; init; } = [];
}

/// <summary>What a publication of the latest version would ask the gate.</summary>
/// <param name="Findings">What reading the document found.</param>
/// <param name="Question">Null when reading found errors: then nobody is asked.</param>
public sealed record AskedVersion(Running.StoredDefinition Version, IReadOnlyList<FlowFinding> Findings, GateQuestion? Question);

/// <summary>Something found in a flow, told to a person; never an exception.</summary>
/// <param name="Code"><c>G001</c> … of the gate, <c>D000</c> for what reading the document found.</param>
public sealed record FlowFinding(string Code, bool IsError, string Message)
{
    public string? DefinitionId { get; init; }
    public string? ActivityId { get; init; }

    /// <summary>The counter-example in words.</summary>
    public string? Story { get; init; }

    /// <summary>Another finding of which this one is only the consequence: its code and activity.</summary>
    public string? Because { get; init; }

    /// <summary>Where it leads along: activity ids, or for a damaged document the JSON path.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];
}
