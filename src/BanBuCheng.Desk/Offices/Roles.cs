namespace BanBuCheng.Desk.Offices;

/// <summary>岗位 — what a person may do. Codes are used in flows (<c>role:STATION_HEAD</c>) and never change; captions are for people.</summary>
public static class Roles
{
    /// <summary>业务窗口：每个窗口都是“办不成事”窗口的主体责任，都能登记。</summary>
    public const string WindowStaff = "WINDOW_STAFF";
    public const string HelpWindow = "HELP_WINDOW_STAFF";
    public const string CaseOfficer = "CASE_OFFICER";
    public const string StationHead = "STATION_HEAD";
    public const string Liaison = "DEPARTMENT_LIAISON";
    /// <summary>部门负责人：自己单位的事快到期、超期，先告诉他，没有设这个岗位的单位就没有人。</summary>
    public const string DepartmentLeader = "DEPARTMENT_LEADER";
    public const string CommitteeSecretary = "COMMITTEE_SECRETARY";
    public const string BureauLeader = "BUREAU_LEADER";
    public const string Visitor = "RETURN_VISITOR";
    public const string Supervisor = "SUPERVISOR";
    /// <summary>值班长：移交没人接的时候，喊得动人的那一位。</summary>
    public const string HallDuty = "HALL_DUTY_MANAGER";
    public const string ProcessAdmin = "PROCESS_ADMIN";
    public const string SystemAdmin = "SYSTEM_ADMIN";

    public static IReadOnlyDictionary<string, string> Captions { get; } = new Dictionary<string, string>
    {
        [WindowStaff] = "业务窗口人员",
        [HelpWindow] = "“办不成事”窗口人员",
        [CaseOfficer] = "服务站经办人",
        [StationHead] = "服务站站长",
        [Liaison] = "部门联络员",
        [DepartmentLeader] = "部门负责人",
        [CommitteeSecretary] = "联合党委秘书",
        [BureauLeader] = "局领导",
        [Visitor] = "回访员",
        [Supervisor] = "督查",
        [HallDuty] = "大厅值班长",
        [ProcessAdmin] = "流程管理员",
        [SystemAdmin] = "系统管理员",
    };

    /// <summary>Who may open a case at a counter.</summary>
    public static IReadOnlyList<string> Intake { get; } = [WindowStaff, HelpWindow, CaseOfficer, StationHead, HallDuty, Supervisor];

    /// <summary>Who sees what is said about the help window itself: never those it is about.</summary>
    public static IReadOnlyList<string> SeesComplaints { get; } = [BureauLeader, Visitor, Supervisor];

    /// <summary>Who settles what broke in a flow, moves running flows to another version and takes versions back.</summary>
    public static IReadOnlyList<string> Operators { get; } = [ProcessAdmin, SystemAdmin];

    /// <summary>Who sees every case of the hall; departments see the cases they were asked about.</summary>
    public static IReadOnlyList<string> SeesAllCases { get; } =
        [HelpWindow, CaseOfficer, StationHead, CommitteeSecretary, BureauLeader, Visitor, Supervisor, HallDuty];
}
