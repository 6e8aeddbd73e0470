namespace BanBuCheng.Desk.Steps;

/// <summary>
/// The business says no. Rolled back by being thrown; the host turns <see cref="Code"/> into a Chinese sentence on the same page
/// (HTTP 409), beside <see cref="Field"/> when there is one.
/// </summary>
/// <remarks>Codes are <c>room.reason</c> in lower case; a test checks that each has a sentence. No standard constructors:
/// a refusal without a code cannot be explained.</remarks>
#pragma warning disable CA1032 // See remarks.
public sealed class RefusedException(string code, string? field = null) : Exception($"Refused: {code}")
#pragma warning restore CA1032
{
    public string Code { get; } = code;

    /// <summary>The form field the sentence belongs to, if any.</summary>
    public string? Field { get; } = field;

    /// <summary>Values for the sentence's placeholders. Never personal data.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];
}
