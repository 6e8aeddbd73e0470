namespace BanBuCheng.Engine.Expectations;

/// <summary>What <c>flow test</c> reports.</summary>
public sealed record TestReport(int Passed, int Failed, IReadOnlyList<CaseResult> Cases);

/// <param name="Name">The case's folder.</param>
/// <param name="Reason">Why it failed; null when it is good.</param>
public sealed record CaseResult(string Name, bool Ok, string? Reason);
