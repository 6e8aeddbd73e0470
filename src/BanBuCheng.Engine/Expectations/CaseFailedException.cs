namespace BanBuCheng.Engine.Expectations;

/// <summary>A case is not as expected, or cannot be understood.</summary>
public sealed class CaseFailedException(string message) : Exception(message);
