namespace BanBuCheng.Desk.Deadlines;

/// <summary>延时上限的算法 — what the ceiling of an extension is counted from.</summary>
public enum ExtensionCeiling
{
    /// <summary>从受理起合计: safe under both readings of the rule.</summary>
    Total,

    /// <summary>在原时限之外另加.</summary>
    Additional,
}
