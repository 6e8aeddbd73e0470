namespace BanBuCheng.Desk.Steps;

/// <summary>What code must know by name: the flow a case begins with, and the one box that may never be left out. What follows, the documents say.</summary>
public static class FlowNames
{
    public const string CaseHandling = "case-handling";

    /// <summary>答复送达: the activity through which the promise is kept; no operator may pass it over.</summary>
    public const string DeliverReply = "BanBuCheng.DeliverReply";
}
