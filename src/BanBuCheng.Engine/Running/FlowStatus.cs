namespace BanBuCheng.Engine.Running;

/// <summary>Whether an instance can still move.</summary>
public enum FlowStatus
{
    Running,
    Finished,
}

/// <summary>How it stands: the first three belong to <see cref="FlowStatus.Running"/>, the last three are for ever.</summary>
public enum FlowSubStatus
{
    Pending,
    Executing,
    Suspended,
    Finished,
    Faulted,
    Cancelled,
}
