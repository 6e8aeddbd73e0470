using System.Text.Json.Nodes;

namespace BanBuCheng.Engine;

/// <summary>挂起点 — what an execution waits for (Elsa calls it a bookmark).</summary>
/// <param name="Name">The stimulus name, by default the activity's type, for example <c>Elsa.Event</c>.</param>
public sealed record Wait(string Name)
{
    /// <summary>Chosen by the activity when something outside must be able to wake exactly this wait (a task row); else the engine makes one.</summary>
    public Guid? Id { get; init; }

    /// <summary>What the stimulus must equal, camelCase, without nulls. Hashed with <see cref="Name"/> for look-up.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>Set for a timer: the wait wakes by itself at or after this instant (UTC).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>True when the hash also covers the execution, so that no outside party can compute it (Delay, Timer).</summary>
    public bool OnlyThisExecution { get; init; }

    /// <summary>The activity's own word for this wait, handed back in <see cref="WakeUp.Tag"/>; for example <c>overdue</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>For whoever shows or serves the wait (a task's name and payload); not part of what a stimulus must equal.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>A timer under the activity's own tag.</summary>
    public static Wait Until(string name, DateTimeOffset dueAt, string? tag = null) =>
        new(name) { DueAt = dueAt, OnlyThisExecution = true, Tag = tag };
}
