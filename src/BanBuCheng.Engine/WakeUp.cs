using System.Text.Json.Nodes;

namespace BanBuCheng.Engine;

/// <summary>Which wait was woken, and with what.</summary>
/// <param name="WaitId">The wait that is now gone.</param>
/// <param name="Name">Its stimulus name.</param>
/// <param name="Tag">The activity's own word for it.</param>
/// <param name="ByTimer">True when its due time came; false when somebody or something woke it.</param>
/// <param name="Input">What came with it: the outcome and form of a task, the payload of an event. Never null, may be empty.</param>
public sealed record WakeUp(Guid WaitId, string Name, string? Tag, bool ByTimer, JsonObject Input);
