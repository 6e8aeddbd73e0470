namespace BanBuCheng.Engine.Activities;

/// <summary>A flow declared itself broken (the activity Fault).</summary>
public sealed class FaultException(string message, string code, string category, string faultType) : Exception(message)
{
    public string Code { get; } = code;
    public string Category { get; } = category;
    public string FaultType { get; } = faultType;
}
