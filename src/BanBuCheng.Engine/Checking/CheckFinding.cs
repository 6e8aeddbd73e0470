namespace BanBuCheng.Engine.Checking;

/// <summary>Something in a flow that a person should know before it is put in force.</summary>
/// <param name="Code"><c>G001</c> …</param>
public sealed record CheckFinding(string Code, bool IsError, string Message)
{
    /// <summary>The flow whose canvas shows the activity.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Its id there.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The counter-example in words.</summary>
    public string? Story { get; init; }

    /// <summary>Where it leads along: <c>flow#activity</c>, inside sub-flows <c>flow#part/activity</c>.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Set when another finding carries the cause and this one only follows from it: that one's code and activity.</summary>
    public string? Because { get; init; }
}
