namespace BanBuCheng.Engine.Expressions;

/// <summary>What one evaluation of a script may use before it is stopped.</summary>
public sealed record ScriptLimits
{
    public TimeSpan Time { get; init; } = TimeSpan.FromMilliseconds(500);
    public long Memory { get; init; } = 16 * 1024 * 1024;
    public int Statements { get; init; } = 100_000;
    public int Recursion { get; init; } = 64;
}
