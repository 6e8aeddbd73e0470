using System.Text.Json.Nodes;

namespace BanBuCheng.Engine;

/// <summary>
/// What the designer's palette, the publish gate and the interpreter know of an activity type: its name in documents, captions,
/// inputs, outputs and ports. The list of descriptors is the palette and the dictionary in one.
/// </summary>
public sealed record ActivityDescriptor(string Type, string DisplayName, string Category)
{
    public int Version { get; init; } = 1;
    public string Description { get; init; } = "";
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Flow ports: sources of connections in a flowchart.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [new("Done", "完成")];

    /// <summary>Name of the input whose items (a JSON array as text) are further ports; null when the ports are fixed.</summary>
    public string? PortsFromInput { get; init; }

    public bool IsTrigger { get; init; }
    public bool IsContainer { get; init; }

    /// <summary>A container that sees it complete completes at once (End, Finish, Break, Complete, 办结).</summary>
    public bool IsTerminal { get; init; }

    /// <summary>How the step makes one: built-in kinds are single objects, the host's come from the step's own services.</summary>
    public required Func<IServiceProvider, IActivity> Create { get; init; }
}

/// <param name="Name">PascalCase; the document writes it camelCase.</param>
/// <param name="TypeName">Elsa's type alias: <c>String</c>, <c>Int32</c>, <c>Boolean</c>, <c>Object</c> …</param>
/// <param name="UiHint">Elsa's editor: <c>singleline</c>, <c>multiline</c>, <c>dropdown</c>, <c>dynamic-outcomes</c> …</param>
public sealed record InputDescriptor(string Name, string TypeName, string DisplayName, string Description = "", string UiHint = "singleline")
{
    public JsonNode? DefaultValue { get; init; }
    public bool Required { get; init; }

    /// <summary>False: written plain in the document, not as an expression (Switch.cases, SetVariable.variable).</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>Values offered by a drop-down, with their captions.</summary>
    public IReadOnlyList<(string Value, string Caption)> Options { get; init; } = [];
}

public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName);

public sealed record PortDescriptor(string Name, string DisplayName);
