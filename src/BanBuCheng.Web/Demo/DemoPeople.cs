using BanBuCheng.Desk.Offices;

namespace BanBuCheng.Web.Demo;

/// <summary>The invented district 青屏区: its units and people. Nobody here has a password; they are entered with one click, on loopback only.</summary>
internal static class DemoPeople
{
    public static IReadOnlyList<OfficeUnit> Units { get; } =
    [
        OfficeUnit.Open("HALL", "区政务服务大厅", UnitKind.Window, "8800-1300", "青屏区文澜路1号", 1),
        OfficeUnit.Open("HELP_WINDOW", "“办不成事”窗口", UnitKind.Window, "8800-1345", "大厅1楼", 2),
        OfficeUnit.Open("STATION", "服务站", UnitKind.Station, "8800-1345", "大厅2楼", 3),
        OfficeUnit.Open("MARKET", "区市场监管局", UnitKind.Department, "8800-1401", "文澜路3号", 10),
        OfficeUnit.Open("HEALTH", "区卫健局", UnitKind.Department, "8800-1402", "文澜路5号", 11),
        OfficeUnit.Open("WATER", "区水务局", UnitKind.Department, "8800-1403", "清溪路2号", 12),
        OfficeUnit.Open("HRSS", "区人社局", UnitKind.Department, "8800-1404", "清溪路8号", 13),
        OfficeUnit.Open("HOUSING", "区住建局", UnitKind.Department, "8800-1405", "清溪路10号", 14),
        OfficeUnit.Open("CIVIL", "区民政局", UnitKind.Department, "8800-1406", "书院巷6号", 15),
        OfficeUnit.Open("POLICE", "公安分局", UnitKind.Department, "8800-1407", "书院巷9号", 16),
        OfficeUnit.Open("URBAN", "区城管局", UnitKind.Department, "8800-1408", "北门街4号", 17),
        OfficeUnit.Open("COMMITTEE", "联合党委", UnitKind.Committee, "8800-1350", "大厅3楼", 20),
        OfficeUnit.Open("BUREAU", "政务服务局", UnitKind.Bureau, "8800-1399", "大厅4楼", 21),
    ];

    /// <summary>Login, name, unit, telephone, roles.</summary>
    public static IReadOnlyList<(string Login, string Name, string Unit, string Phone, string[] Roles)> People { get; } =
    [
        ("hewenjing", "贺文静", "HALL", "8800-1311", [Roles.WindowStaff]),
        ("jiangboyuan", "江伯远", "HALL", "8800-1300", [Roles.HallDuty]),
        ("duanxiaohe", "段小禾", "HELP_WINDOW", "8800-1345", [Roles.HelpWindow, Roles.CaseOfficer]),
        ("wenjingzhi", "温敬之", "STATION", "8800-1346", [Roles.StationHead, Roles.CaseOfficer]),
        ("yanshouzheng", "严守正", "STATION", "8800-1347", [Roles.StationHead]),
        ("shiliqun", "石立群", "MARKET", "8800-1401", [Roles.Liaison]),
        ("zhongwangshan", "钟望山", "MARKET", "8800-1400", [Roles.DepartmentLeader]),
        ("qiumingyuan", "邱明远", "HEALTH", "8800-1402", [Roles.Liaison]),
        ("suqingyuan", "苏清源", "HEALTH", "8800-1410", [Roles.DepartmentLeader]),
        ("tangheqing", "唐河清", "WATER", "8800-1403", [Roles.Liaison]),
        ("lujianping", "陆建平", "HRSS", "8800-1404", [Roles.Liaison]),
        ("fangzhengyi", "方正宜", "HOUSING", "8800-1405", [Roles.Liaison]),
        ("gumin", "顾敏", "CIVIL", "8800-1406", [Roles.Liaison]),
        ("leizhiyuan", "雷致远", "POLICE", "8800-1407", [Roles.Liaison]),
        ("heyan", "何岩", "URBAN", "8800-1408", [Roles.Liaison]),
        ("jianyining", "简一宁", "COMMITTEE", "8800-1350", [Roles.CommitteeSecretary]),
        ("caichengming", "蔡成明", "BUREAU", "8800-1399", [Roles.BureauLeader]),
        ("moqing", "莫清", "BUREAU", "8800-1398", [Roles.Supervisor]),
        ("ansuxin", "安素心", "BUREAU", "8800-1397", [Roles.Visitor]),
        ("lizhixing", "栗知行", "BUREAU", "8800-1396", [Roles.ProcessAdmin]),
        ("yuanbo", "袁博", "BUREAU", "8800-1395", [Roles.SystemAdmin]),
    ];

    /// <summary>The cards of the entrance.</summary>
    public static IReadOnlyList<(string Login, string Title, string Icon, string Text, string Url)> Picker { get; } =
    [
        ("duanxiaohe", "窗口人员", "user", "群众说“办不成”，您来接。登记一件不到两分钟。", "/inbox"),
        ("wenjingzhi", "服务站站长", "users", "研判难易、找堵点、派给谁、看方案、审答复。", "/inbox"),
        ("qiumingyuan", "部门联络员", "building", "区卫健局。只看得到要您办的那一段：要什么、何时要、前因后果。", "/inbox"),
        ("shiliqun", "部门联络员", "building", "区市场监管局。牵头的时候多，证明由您这里出。", "/inbox"),
        ("jianyining", "联合党委秘书", "gavel", "服务站解决不了的，报到您这里会商。", "/inbox"),
        ("ansuxin", "回访员", "phone", "经办人不能自己回访，您来打这个电话。", "/inbox"),
        ("moqing", "督查", "shield", "谁手里压了几天，每一件都能点到原件。", "/cases"),
        ("lizhixing", "流程管理员", "route", "看流程、改时限。已经在办的，照它开始时的那一版走完。", "/flows"),
        ("yuanbo", "系统管理员", "shield", "机器有没有在干活，夜里核对查出什么，备份怎么做。", "/operations/watch"),
    ];
}
