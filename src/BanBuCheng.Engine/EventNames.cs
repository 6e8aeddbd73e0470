namespace BanBuCheng.Engine;

/// <summary>Words that Elsa fixed for events and tasks; documents and callers know them.</summary>
public static class EventNames
{
    public const string Stimulus = "Elsa.Event";

    /// <summary>Under this input an event's payload arrives.</summary>
    public const string Payload = "__EventPayloadWorkflowInput";

    /// <summary>Under this input a RunTask's result arrives.</summary>
    public const string TaskResult = "RunTaskInput";
}
