using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Demo;

/// <summary>What happened in 青屏区 in the last four weeks. Every person, firm and place here is invented.</summary>
internal static class DemoStories
{
    public static IReadOnlyList<DemoCase> All { get; } =
    [
        New(1, 20, "钟离晓", "MARKET", ["HEALTH"], "诊所名字两边要求不一样，核不过", "卫健说诊所名必须带我的名字，市场监管说名字里这两个字不能用。两头都有规定，我改了四个名字都退回来。", "诊所设立登记", DemoEnd.Closed) with
        {
            Kind = ApplicantKind.SoleTrader, Cause = "POLICY_CONFLICT", NeededAfter = 8, NeededReason = "那天开业", Visits = 4,
            Solution = "由市场监管局出具字号使用说明，抄送卫健局备案，群众不用再改名。", Reply = "诊所名字可以用了。市场监管局出了说明，卫健局已备案，以后不会因为名字罚您。请凭身份证到大厅3号窗口领取。",
        },
        New(2, 19, "青屏区石泉农机合作社", "WATER", ["HOUSING"], "泵房在老规划外，取水许可材料凑不齐", "泵房是九几年村里集资修的，图纸早没了。办许可要图纸，补图纸又要许可。", "取水许可", DemoEnd.Closed) with
        {
            Kind = ApplicantKind.Enterprise, Difficulty = Difficulty.Special, Cause = "HISTORICAL", Policy = "POLICY_BOTTLENECK", Clause = "取水许可办事指南第四条：须附规划图纸", Outcome = CaseOutcome.PartiallyResolved, ToCommittee = true,
            Solution = "先按现状实测图受理，补测由水务局和住建局一起到场。", Reply = "先按现状实测图受理，灌溉季不停水；许可证等补测完成后发，由水务局唐河清接着办，补测那天会提前告诉您。",
        },
        New(3, 18, "骆大山", "HEALTH", ["CIVIL"], "外省的老证换不了本地执业", "我只有二十年前外省发的乡村医生证，想在镇上开个小诊室，每家都说不行，没人告诉我到底差什么。", "执业备案", DemoEnd.Closed) with
        {
            Difficulty = Difficulty.Complex, Cause = "INELIGIBLE", Policy = "LEGAL_PROHIBITION", Outcome = CaseOutcome.CannotBeDone, Care = ["ELDERLY", "NO_MOBILE"], Visits = 6, PhoneIsOff = true,
            Solution = "请卫健局出面做一次专长评估，评不过再当面解释。", Reply = "按执业医师管理的规定，只有乡村医生证不能独立开诊室。我们请专家评估过您的专长，没有达到。您可以在有执业医师的诊所里做助手，名单和电话附在书面解释里；对原办理部门的决定有异议，可以申请复议或者起诉。",
        },
        New(4, 17, "项如兰", "CIVIL", [], "外地出生的孩子补不上亲属关系证明", "要我开一张办事指南上没有的证明，社区说这证明早不让开了。", "儿童补贴申领", DemoEnd.Closed) with { Difficulty = Difficulty.Simple, Cause = "SERVICE", DoneAtWindow = true, Solution = "撤回多要的证明，用户口簿核对。" },
        New(5, 16, "𠮷野㼆", "POLICE", ["HRSS"], "名字里有生僻字，社保系统打不出来", "身份证上有这个字，社保卡系统里没有，打出来是个方框，银行不认，养老金三个月没领到。", "社保卡办理", DemoEnd.Closed) with
        {
            Cause = "SYSTEM", Visits = 5, Solution = "公安出具同一人说明，人社按编码手工制卡，并报系统升级。", Reply = "新卡做好了，名字按身份证上的字。三个月的养老金这个月一起发。卡在大厅3号窗口，凭身份证领。",
        },
        New(6, 8, "卞秋水", "POLICE", ["HEALTH"], "父亲在外省去世，销户缺医学证明", "人在外省没的，那边医院说病历找不到，这边派出所要证明。我跑了两个省。", "死亡注销户口", DemoEnd.AtVisit) with { Difficulty = Difficulty.Complex, Cause = "CROSS_REGION", Visits = 5, Solution = "由公安分局发函到外省派出所核实，村委会出情况说明。", Reply = "外省派出所的回函到了，户口已经注销，注销证明在大厅3号窗口。" },
        New(7, 14, "青屏区禾木家具厂", "URBAN", ["HOUSING"], "占道施工审批一直没有人答复", "装货的路要挖开修，城管说归住建，住建说归城管，单子交了两次。", "占道施工审批", DemoEnd.AtDepartment) with { Kind = ApplicantKind.Enterprise, Difficulty = Difficulty.Complex, Cause = "DUTY_UNCLEAR" },
        New(8, 13, "乐知春", "HRSS", [], "工伤认定缺劳动合同", "老板没跟我签合同，人社说没有合同就认不了。工友都能作证。", "工伤认定", DemoEnd.AtReply) with { Difficulty = Difficulty.Complex, Cause = "MATERIAL", Solution = "用工资流水和两位工友的证言代替合同。" },
        New(9, 6, "温如玉", "HOUSING", ["CIVIL"], "老小区没有物业，充电桩盖不了章", "供电说要物业盖章，可我们小区从来没有物业；社区说这章不归它盖。", "充电桩报装", DemoEnd.AtDelivery) with { Difficulty = Difficulty.Complex, Cause = "THIRD_PARTY", NeededAfter = 9, NeededReason = "那天提车", Visits = 3, Solution = "由社区居委会代盖，住建局出一个通用口径。", Reply = "以后没有物业的小区，居委会可以盖这个章。您的单子已经盖好，直接去供电窗口报装就行。" },
        New(10, 11, "车晓光", "HOUSING", ["POLICE", "CIVIL"], "两个户口对不上，房产证办不了", "二十年前给我上过两个户口，结婚证上又是一个号，三家都让我先去找另一家。", "不动产登记", DemoEnd.Extended) with { Difficulty = Difficulty.Special, Cause = "DATA_CONFLICT", ToCommittee = true, Visits = 7 },
        New(11, 10, "糜小雨", "HRSS", [], "灵活就业社保断了两个月补不了", "系统说超期不能补，可当时是系统停机。", "社保补缴", DemoEnd.Closed) with { Difficulty = Difficulty.Simple, Cause = "SYSTEM", Solution = "按系统停机记录手工补缴。", Reply = "两个月都补上了，没有收滞纳金。" },
        New(12, 6, "青屏区云岭小食店", "MARKET", [], "操作间差两平方米，许可不给发", "房子就这么大，差两平方米。我愿意改，可没人告诉我怎么改。", "食品经营许可", DemoEnd.AtVisit) with { Kind = ApplicantKind.SoleTrader, Difficulty = Difficulty.Simple, Cause = "INELIGIBLE", Policy = "LEGAL_PROHIBITION", Outcome = CaseOutcome.CannotBeDone, Solution = "现场画图，看能不能改隔墙；不能改，帮他办小餐饮备案。", Reply = "面积达不到许可的标准，改隔墙也不够。可以办小餐饮备案，我们已经帮您把材料备好了，随时来签字。对许可部门的决定有异议，可以申请复议或者起诉。" },
        New(13, 9, "岑阿婆", "CIVIL", [], "补贴复核要本人到场，老人来不了", "老人瘫在床上两年了，通知说本人不到场就停发。", "高龄补贴复核", DemoEnd.Closed) with { Difficulty = Difficulty.Simple, Cause = "SPECIAL_GROUP", Care = ["ELDERLY", "DISABLED", "PROXY"], Channel = Channel.Phone, Solution = "民政局带着便携终端上门复核。", Reply = "昨天已经上门核好了，补贴不停，以后每年我们上门。" },
        New(14, 8, "游牧之", "HRSS", [], "跨省转医保，年限断了一截", "那边说转出了，这边说没收到，少了我三年。", "医保关系转移", DemoEnd.Paused) with { Difficulty = Difficulty.Complex, Cause = "CROSS_REGION" },
        New(15, 7, "青屏区恒信五金行", "MARKET", [], "有个股东联系不上，注销被退回", "注销要全体股东签字，有一个三年前就找不到人了。", "企业注销", DemoEnd.AtReply) with { Kind = ApplicantKind.Enterprise, Difficulty = Difficulty.Complex, Cause = "THIRD_PARTY", Policy = "LEGAL_PROHIBITION", Outcome = CaseOutcome.CannotBeDone },
        New(16, 3, "支小满", "HEALTH", [], "替母亲办慢病证，说委托书不合格", "委托书写了三遍，每次说法都不一样。", "门诊慢病认定", DemoEnd.AtDelivery) with { Difficulty = Difficulty.Simple, Cause = "MATERIAL", Care = ["PROXY"], Solution = "给一份样本，电话里跟本人核实一句就行。", Reply = "委托书按新样本收下了，慢病认定已经通过，下个月起可以报销。", PhoneIsOff = true },
        New(17, 5, "甘露", "CIVIL", [], "结婚登记信息里名字错了一个字", "二十年前手写的，登记员写错了一个字，现在贷款办不下来。", "婚姻登记更正", DemoEnd.AtDepartment) with { Difficulty = Difficulty.Simple, Cause = "DATA_CONFLICT", NeededAfter = 2, NeededReason = "银行等着放款" },
        New(18, 5, "农小田", "WATER", ["URBAN"], "门口的排水沟没人认，一下雨就淹", "水务说是市政的，城管说是农田的。上个月淹了两回。", "排水设施报修", DemoEnd.AtDepartment) with { Difficulty = Difficulty.Complex, Cause = "DUTY_UNCLEAR", Channel = Channel.Hotline12345 },
        New(19, 4, "青屏区新禾食品厂", "WATER", ["MARKET"], "扩建两间库房，要不要做水保方案说法不一", "一家说面积没到不用做，一家说只要动土就要做。", "水土保持方案", DemoEnd.AtCommittee) with { Kind = ApplicantKind.Enterprise, Difficulty = Difficulty.Complex, Cause = "POLICY_GAP", Policy = "POLICY_BOTTLENECK", Clause = "水土保持方案管理办法第三条第二款：“动土”的面积没有写明", ToCommittee = true },
        New(20, 3, "祁连山", "HOUSING", [], "加装电梯，一楼不同意就停了", "别的都签了，就差一户，窗口不收。", "既有住宅加装电梯", DemoEnd.AtDepartment) with { Difficulty = Difficulty.Complex, Cause = "THIRD_PARTY" },
        New(21, 2, "沙棠", "MARKET", [], "网上开店要实体地址，住址又不让登", "我在家做手工网上卖，平台要执照，执照要店面。", "个体户登记", DemoEnd.AtDepartment) with { Kind = ApplicantKind.SoleTrader, Difficulty = Difficulty.Simple, Cause = "POLICY_GAP" },
        New(22, 1, "鲍知远", "POLICE", ["HRSS"], "在国外改了名，公积金取不出来", "护照上是新名字，公积金是旧名字，要我证明我是我。", "公积金提取", DemoEnd.AtTriage) with { Difficulty = Difficulty.Complex, Cause = "DATA_CONFLICT" },
        New(23, 1, "上官云", "MARKET", [], "开具发票的额度不够，明天要交货", "单子大，额度小，窗口说要等十天。", "发票增额", DemoEnd.AtTriage) with { Kind = ApplicantKind.SoleTrader, Difficulty = Difficulty.Simple, Cause = "URGENT", NeededAfter = 1, NeededReason = "明天交货" },
        New(24, 0, "安小鱼", "HEALTH", ["MARKET"], "托育园备案，消防和卫健各要对方先办", "消防说先有卫健的，卫健说先有消防的。我已经租了半年房子。", "托育机构备案", DemoEnd.AtTriage) with { Difficulty = Difficulty.Special, Cause = "PROCESS", Care = ["PREGNANT"], NeededAfter = 7, NeededReason = "春季开园" },
    ];

    private static DemoCase New(int index, int daysAgo, string name, string lead, string[] assisting, string subject, string story, string item, DemoEnd end) =>
        new(index, daysAgo, name, ApplicantKind.Person, Difficulty.Complex, lead, assisting, subject, story, item, end);
}
