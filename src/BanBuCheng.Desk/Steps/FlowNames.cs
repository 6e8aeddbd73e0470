namespace BanBuCheng.Desk.Steps;

/// <summary>Definition ids that code must know: the flow a case begins with. What follows, the documents say.</summary>
public static class FlowNames
{
    public const string CaseHandling = "case-handling";
}
