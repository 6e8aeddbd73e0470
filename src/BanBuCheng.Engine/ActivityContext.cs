using System.Text.Json.Nodes;

namespace BanBuCheng.Engine;

/// <summary>What an activity may see and say while it runs. Supplied by the interpreter; valid for one call only.</summary>
public abstract class ActivityContext
{
    /// <summary>The step's own services: an activity of the host finds its database context here.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>One instant for everything that is written in one step (UTC).</summary>
    public abstract DateTimeOffset Now { get; }

    public abstract Guid InstanceId { get; }

    /// <summary>The desk's case id as text ("D" format) for a case's flows; null when the flow was started without one.</summary>
    public abstract string? CorrelationId { get; }

    public abstract string DefinitionId { get; }

    /// <summary>The activity's id as drawn, unique in its flowchart.</summary>
    public abstract string ActivityId { get; }

    /// <summary>Path of ids from the root, unique in the document: <c>main/station-triage/Task1</c>.</summary>
    public abstract string NodePath { get; }

    /// <summary>The caption drawn on the box (<c>metadata.displayText</c>), else its name, else its id.</summary>
    public abstract string Caption { get; }

    /// <summary>Number of this execution, unique in the instance and stable over suspensions.</summary>
    public abstract int ExecutionNumber { get; }

    /// <summary>How often this box has been run in this instance, this run included; survives loops and sub-flows.</summary>
    public abstract int Round { get; }

    /// <summary>Is a connection drawn from this port of this box?</summary>
    public abstract bool IsConnected(string port);

    /// <summary>Is a connection drawn from this port that leads back (backward by the flowchart's classification)?</summary>
    public abstract bool LeadsBack(string port);

    /// <summary>The evaluated input, converted by Elsa's rules; the type's default when absent or not convertible.</summary>
    public abstract T? Input<T>(string name);

    /// <summary>Was the input given at all (present in the document and not null after evaluation)?</summary>
    public abstract bool HasInput(string name);

    /// <summary>Small state of this execution that survives a suspension; null when never set.</summary>
    public abstract JsonNode? GetState(string key);

    public abstract void SetState(string key, JsonNode? value);

    /// <summary>The nearest variable of that name; null when there is none.</summary>
    public abstract object? GetVariable(string name);

    /// <summary>Sets the nearest variable of that name, or makes one in the nearest container (as a script's <c>setVariable</c>).</summary>
    public abstract void SetVariable(string name, object? value);

    /// <summary>Sets an output of this activity; captured where the document says so.</summary>
    public abstract void SetOutput(string name, object? value);
}
