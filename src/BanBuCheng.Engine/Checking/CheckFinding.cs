namespace BanBuCheng.Engine.Checking;

/// <summary>Something in a flow that a person should know before it is put in force.</summary>
/// <param name="Code"><c>G001</c> …</param>
public sealed record CheckFinding(string Code, bool IsError, string Message)
{
    /// <summary>What stands between the sentence and its story: it came about when it was forced, or it did not.</summary>
    public const string Example = "。例：", Possibly = "。可能是这样，照着走却没有走通：";

    /// <summary>The sentence alone, without the story.</summary>
    public string Sentence => Array.Find([Example, Possibly], mark => Message.Contains(mark, StringComparison.Ordinal)) is { } mark
        ? Message[..(Message.IndexOf(mark, StringComparison.Ordinal) + 1)] : Message;

    /// <summary>The flow whose canvas shows the activity.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Its id there.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The counter-example in words.</summary>
    public string? Story { get; init; }

    /// <summary>Where it leads along: <c>flow#activity</c>, inside sub-flows <c>flow#part/activity</c>.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>The story was forced through the interpreter: true, it comes about; false, it did not, so it is only possible; null, there is none, or data decide on its way.</summary>
    public bool? Replayed { get; init; }

    /// <summary>The passages of the story, from a beginning on.</summary>
    public IReadOnlyList<int> Way { get; init; } = [];

    /// <summary>Set when another finding carries the cause and this one only follows from it: that one's code and activity.</summary>
    public string? Because { get; init; }
}
