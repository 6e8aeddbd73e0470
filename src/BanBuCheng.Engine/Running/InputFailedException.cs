namespace BanBuCheng.Engine.Running;

/// <summary>An input of an activity could not be evaluated; the inner exception says why.</summary>
public sealed class InputFailedException(string input, Exception inner) : Exception($"Failed to evaluate activity input '{input}'", inner)
{
    public string Input { get; } = input;
}
