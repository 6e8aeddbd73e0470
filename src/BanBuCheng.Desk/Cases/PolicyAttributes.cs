namespace BanBuCheng.Desk.Cases;

/// <summary>政策属性 — whether a rule stands in the way.</summary>
public static class PolicyAttributes
{
    public static IReadOnlyDictionary<string, string> Captions { get; } = new Dictionary<string, string>
    {
        ["NO_BARRIER"] = "无政策障碍",
        ["POLICY_BOTTLENECK"] = "有政策瓶颈",
        ["LEGAL_PROHIBITION"] = "法律禁止",
    };
}

/// <summary>堵点原因 — why it could not be done.</summary>
public static class CauseCodes
{
    public static IReadOnlyDictionary<string, string> Captions { get; } = new Dictionary<string, string>
    {
        ["MATERIAL"] = "材料问题",
        ["SYSTEM"] = "系统问题",
        ["DATA_CONFLICT"] = "数据不一致",
        ["PROCESS"] = "流程问题",
        ["POLICY_CONFLICT"] = "政策冲突",
        ["POLICY_GAP"] = "政策空白",
        ["POLICY"] = "政策限制",
        ["DUTY_UNCLEAR"] = "职责不清",
        ["SERVICE"] = "服务问题",
        ["CROSS_REGION"] = "跨区域、跨层级",
        ["HISTORICAL"] = "历史遗留",
        ["SPECIAL_GROUP"] = "特殊群体",
        ["THIRD_PARTY"] = "第三方",
        ["INELIGIBLE"] = "条件不符",
        ["INFORMATION"] = "咨询",
        ["URGENT"] = "时间紧迫",
        ["OUT_OF_SCOPE"] = "不属范围",
        ["DUPLICATE"] = "重复",
    };
}
