using System.Text.Json.Nodes;

namespace BanBuCheng.Engine.Documents;

/// <summary>One version of a workflow definition as its document says it. Views over the JSON tree, which stays the whole truth.</summary>
public sealed record FlowDocument
{
    /// <summary>The document itself, with everything in it that we do not understand.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>Id of this version.</summary>
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public int Version { get; init; } = 1;
    public bool IsLatest { get; init; }
    public bool IsPublished { get; init; }
    public IReadOnlyList<VariableModel> Variables { get; init; } = [];
    public IReadOnlyList<InputModel> Inputs { get; init; } = [];
    public IReadOnlyList<OutputModel> Outputs { get; init; } = [];
    public IReadOnlyList<string> Outcomes { get; init; } = [];
    public required JsonObject CustomProperties { get; init; }
    public required OptionsModel Options { get; init; }

    /// <summary>Never null: a document without one has an empty sequence.</summary>
    public required ActivityModel Root { get; init; }
}

/// <param name="IsPersisted">Kept while the instance is suspended; else it has its default value again afterwards.</param>
/// <param name="Default">Default value as written (usually text); null = the default of the type.</param>
public sealed record VariableModel(string Id, string Name, string TypeName, JsonNode? Default, bool IsPersisted);

public sealed record InputModel(string Name, string TypeName, bool IsPersisted, JsonNode? Default);

public sealed record OutputModel(string Name, string TypeName);

/// <summary>How a definition wants to be started, to fail and to be used.</summary>
public sealed record OptionsModel
{
    public ActivationStrategy Activation { get; init; }

    /// <summary>Null: the host decides.</summary>
    public bool? ContinueWithIncidents { get; init; }
    public bool UsableAsActivity { get; init; }
    public bool AutoUpdateConsumingWorkflows { get; init; }
    public string? ActivityCategory { get; init; }
}

public enum ActivationStrategy
{
    Always,
    Singleton,
    Correlation,
    CorrelatedSingleton,
}
