using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.Hall;

/// <summary>Every page, at a desk and on a phone: nothing for axe to find, nothing to scroll sideways for, no error nobody sees. The pictures in docs are these.</summary>
[Collection(nameof(OpenHall))]
public sealed class EveryPage(OpenHall hall) : IAsyncLifetime
{
    /// <summary>The clock back to the minute it stood at, so that two runs take the same pictures.</summary>
    public async ValueTask InitializeAsync()
    {
        if (Pictures.Folder is not null) await hall.Site.ItIsAsync(OpenHall.Now);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory(DisplayName = "每一页：桌面和手机都好用")]
    [InlineData("front", null, "")]
    [InlineData("sign-in", null, "sign-in")]
    [InlineData("ask", null, "q")]
    [InlineData("error", null, "no-such-page")]
    [InlineData("inbox-mine", "温敬之", "inbox")]
    [InlineData("inbox-group", "温敬之", "inbox?queue=group")]
    [InlineData("inbox-done", "段小禾", "inbox?queue=done")]
    [InlineData("inbox-department", "石立群", "inbox?queue=group")]
    [InlineData("inbox-search", "温敬之", "inbox?q=户口")]
    [InlineData("messages", "段小禾", "messages")]
    [InlineData("on-site", "段小禾", "intake/onsite")]
    [InlineData("ledger", "莫清", "cases")]
    [InlineData("ledger-search", "莫清", "cases?q=诊所")]
    [InlineData("ledger-late", "莫清", "cases?late=true")]
    [InlineData("ledger-left", "莫清", "cases?left=true")]
    [InlineData("time", "莫清", "cases/time?period=quarter")]
    [InlineData("flows", "栗知行", "flows")]
    [InlineData("flow-check", "栗知行", "flows/reply-and-explain/check")]
    [InlineData("flow-picture", "栗知行", "flows/case-handling/picture")]
    [InlineData("operations", "栗知行", "operations")]
    [InlineData("operations-move", "栗知行", "operations/move?flow=case-handling")]
    [InlineData("flow-changes-none", "栗知行", "flows/case-handling/changes")]
    [InlineData("flow-rules", "栗知行", "flows/rules")]
    [InlineData("flow-forms", "栗知行", "flows/forms/station-triage")]
    [InlineData("flow-rehearse", "栗知行", "flows/rehearse")]
    [InlineData("flow-walk", "栗知行", "flows/walk?from=2026-02-11&difficulty=Simple&do=day&do=task:0:转服务站研判&do=day&do=event")]
    [InlineData("policy", "栗知行", "policy")]
    [InlineData("policy-edit", "栗知行", "policy/edit")]
    [InlineData("watch", "袁博", "operations/watch")]
    [InlineData("calendar", "栗知行", "calendar")]
    [InlineData("calendar-import", "栗知行", "calendar/import")]
    [InlineData("committee-clusters", "简一宁", "committee/clusters")]
    [InlineData("committee-register", "简一宁", "committee/register")]
    [InlineData("dispatch", "温敬之", "dispatch?item=不动产登记")]
    [InlineData("keys", "温敬之", "help/keys")]
    [InlineData("me", "温敬之", "me")]
    public async Task By_its_address(string name, string? person, string path)
    {
        var visitor = await hall.AsAsync(person);
        await visitor.Page.GotoAsync(new Uri(hall.Site.Address, path).ToString());
        await IsGoodAsync(visitor, name);
    }

    [Theory(DisplayName = "一件事的每一页：桌面和手机都好用")]
    [InlineData("case", "温敬之", "两个户口对不上，房产证办不了", "cases/{0}")]
    [InlineData("case-to-tell", "段小禾", "老小区没有物业，充电桩盖不了章", "cases/{0}")]
    [InlineData("case-paused", "温敬之", "跨省转医保，年限断了一截", "cases/{0}")]
    [InlineData("case-closed", "安素心", "诊所名字两边要求不一样，核不过", "cases/{0}")]
    [InlineData("why", "温敬之", "占道施工审批一直没有人答复", "cases/{0}/why")]
    [InlineData("case-late", "莫清", "占道施工审批一直没有人答复", "cases/{0}")]
    [InlineData("paper-supervision", "莫清", "占道施工审批一直没有人答复", "papers/{0}/supervision")]
    [InlineData("paper-answer", "段小禾", "老小区没有物业，充电桩盖不了章", "papers/{0}/answer")]
    [InlineData("receipt", "段小禾", "占道施工审批一直没有人答复", "intake/receipt/{0}")]
    [InlineData("receipt-slip", "段小禾", "占道施工审批一直没有人答复", "intake/receipt/{0}?paper=slip")]
    public async Task Of_one_case(string name, string person, string subject, string path)
    {
        var number = await hall.NumberOfAsync(subject);
        var visitor = await hall.AsAsync(person);
        await visitor.GoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, number));
        await IsGoodAsync(visitor, name);
    }

    [Theory(DisplayName = "办一步的页：桌面和手机都好用")]
    [InlineData("task-judge", "温敬之", "研判")]
    [InlineData("task-reply", "段小禾", "拟答复")]
    [InlineData("task-department", "石立群", "")]
    [InlineData("task-visit", "安素心", "")]
    public async Task Of_a_task(string name, string person, string asked)
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, person);
        await visitor.GoAsync("inbox?queue=group");
        var task = await visitor.Page.Locator(".item").Filter(new() { HasText = asked }).First.GetAttributeAsync("href");
        await visitor.GoAsync(task![1..]);
        await visitor.SeesAsync("请您做的事");
        await IsGoodAsync(visitor, name);
    }

    [Fact(DisplayName = "登记页带着提醒：桌面和手机都好用")]
    public async Task The_intake_form_with_its_warning()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "段小禾");
        await visitor.GoAsync("intake/new");
        await visitor.PickAsync("谁来办", "个体户");
        await visitor.WriteAsync("姓名或单位名称", "金𠮷华");
        await visitor.WriteAsync("手机或座机", "10012345678");
        await visitor.WriteAsync("一句话概括", "诊所名字核不过，开不了业");
        await visitor.WriteAsync("怎么办不成的，用群众的原话写", "个人诊所的名字里要有我的姓名，可核名系统说这两个字禁用。换名字又说不合医疗机构的规定。");
        await visitor.WriteAsync("他什么时候要用", "下周三");
        await visitor.WriteAsync("为什么是那天", "那天开业");
        await visitor.PickAsync("难易", "复杂");
        await visitor.SeesInAsync("#promise", "他要的日子比期限早。");
        await IsGoodAsync(visitor, "intake");

        // What is missing is said where it is missing.
        await visitor.WriteAsync("一句话概括", "");
        await visitor.WriteAsync("手机或座机", "1001234567");
        await visitor.PressAsync("受理，打印受理单");
        await visitor.SeesAsync("还差 1 位");
        await IsGoodAsync(visitor, "intake-refused");
    }

    [Fact(DisplayName = "会商：议程、开会、缺“谁”结束不了、开完，桌面和手机都好用")]
    public async Task A_meeting_of_the_committee()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "简一宁");
        await visitor.GoAsync("committee");
        await IsGoodAsync(visitor, "committee");
        await visitor.Page.Locator("input[name=Items]").First.CheckAsync();
        await visitor.Page.GetByLabel("哪天会商").FillAsync("2026-10-14");
        await visitor.WriteAsync("在哪里", "大厅三楼会议室");
        await visitor.PressAsync("召集会商，发回执");
        await visitor.SeesAsync("到会");
        await IsGoodAsync(visitor, "meeting");

        await visitor.PickAsync("结果", "议定方案");
        await visitor.PressAsync("结束会商，交下去");
        await visitor.SeesAsync("议定了办法，至少写一条");
        await IsGoodAsync(visitor, "meeting-refused");

        await visitor.WriteAsync("查明的情况", "两间库房合计八百平方米，没有动到山体。");
        await visitor.WriteAsync("不能突破的底线", "水土保持法第二十五条：该做方案的不能免。");
        await visitor.WriteAsync("1. 做什么", "按八百平方米出一个口径，抄送市场监管局");
        await visitor.SelectAsync("谁", "区水务局");
        await visitor.WriteAsync("哪天前", "2026-10-16");
        await visitor.WriteAsync("还有谁到会", "蔡成明主持，服务站两人");
        await visitor.WriteAsync("区水务局谁来了", "唐河清");
        await visitor.WriteAsync("区市场监管局谁来了", "没来");
        await visitor.PressAsync("结束会商，交下去");
        await visitor.SeesAsync("议定事项");
        await IsGoodAsync(visitor, "meeting-closed");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Link).Filter(new() { HasText = "逐封预览" }).ClickAsync();
        await visitor.SeesAsync("每个人只看到自己的事");
        await IsGoodAsync(visitor, "letters");
    }

    [Fact(DisplayName = "日历改动：哪些件会变，桌面和手机都好用")]
    public async Task A_change_of_the_calendar()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "栗知行");
        await visitor.GoAsync("calendar/import");
        await visitor.WriteAsync("什么事", "本区放假");
        await visitor.WriteAsync("依据哪个文件", "青政发〔2026〕9号");
        await visitor.WriteAsync("哪几天放假", "2026-10-19");
        await visitor.PressAsync("看看期限会怎么变");
        await visitor.SeesAsync("起用了会怎样");
        await IsGoodAsync(visitor, "calendar-change");
        await visitor.PressAsync("这份不用");
        await visitor.SeesAsync("说不用");
    }

    [Fact(DisplayName = "流程出的差错：单子和处理，桌面和手机都好用")]
    public async Task An_incident_of_a_flow()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "栗知行");
        await PublishAsync(visitor, Breaking);
        await using var head = await Visitor.EnterAsync(hall.Site, "温敬之");
        await head.GoAsync($"cases/{await hall.NumberOfAsync("门口的排水沟没人认")}");
        await head.Page.Locator("#aside > summary").ClickAsync();
        await head.WriteAsync("延几个工作日", "3");
        await head.Page.Locator("#extend-why").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await head.WriteAsync("向群众怎么说", "要到现场量排水沟的走向。");
        await head.Page.Locator("form[action$='/extend'] button").ClickAsync();
        await head.SeesAsync("延期申请交上去了");

        await visitor.GoAsync("operations");
        await IsGoodAsync(visitor, "operations-incident");
        await visitor.Page.GetByText("数一数还剩几天").First.ClickAsync();
        await visitor.SeesAsync("出了什么事");
        await IsGoodAsync(visitor, "incident");
        await visitor.PressAsync("就这样处理");
        await visitor.SeesAsync("还没选怎么处理");
        await IsGoodAsync(visitor, "incident-refused");
        await visitor.PickAsync("怎么处理", "跳过这一步");
        await visitor.Page.Locator("#Form_Outcome").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await visitor.WriteAsync("为什么这样处理", "只是看一看的流程，跳过不影响办件。");
        await visitor.PressAsync("就这样处理");
        await visitor.SeesAsync("没有差错");
        await PublishAsync(visitor, null);
    }

    [Theory(DisplayName = "群众的页：桌面、手机、长者模式都好用")]
    [InlineData("citizen-open", "占道施工审批一直没有人答复", false)]
    [InlineData("citizen-answered", "父亲在外省去世，销户缺医学证明", false)]
    [InlineData("citizen-elder", "占道施工审批一直没有人答复", true)]
    public async Task Of_the_citizen(string name, string subject, bool elder)
    {
        var number = await hall.NumberOfAsync(subject);
        var code = await hall.CodeOfAsync(number);
        await using var citizen = await Visitor.OpenAsync(hall.Site, Screen.Phone);
        await citizen.GoAsync($"q?no={number}");
        if (elder) await citizen.Page.GetByText("长者模式").ClickAsync();
        await citizen.WriteAsync("查询码", code);
        await citizen.PressAsync("查一查");
        await citizen.SeesAsync("您的事办到哪一步");
        if (!elder) await citizen.Page.Locator("summary").ClickAsync();
        await IsGoodAsync(citizen, name);
        await citizen.GoAsync("q/why");
        await IsGoodAsync(citizen, elder ? "citizen-elder-why" : null);
        await citizen.GoAsync("q/say");
        await IsGoodAsync(citizen, elder ? "citizen-elder-say" : name == "citizen-open" ? "citizen-say" : null);
        await citizen.PressAsync("交给督查");
        await citizen.SeesAsync("还没写哪里不满意。");
        if (name != "citizen-answered") return;
        await citizen.WriteAsync("哪里不满意", "六月五号上午，窗口的人让我等了两个钟头。");
        await citizen.PressAsync("交给督查");
        await citizen.SeesAsync("收到了，督查去查");
        await IsGoodAsync(citizen, "citizen-said");
    }

    [Theory(DisplayName = "深色也好用")]
    [InlineData("dark-inbox", "inbox?queue=group")]
    [InlineData("dark-case", "cases/{0}")]
    public async Task In_the_dark(string name, string path)
    {
        var number = await hall.NumberOfAsync("两个户口对不上，房产证办不了");
        await using var visitor = await Visitor.EnterAsync(hall.Site, "温敬之");
        await visitor.Page.GetByTitle("换成深色").ClickAsync();
        await visitor.GoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, number));
        await IsGoodAsync(visitor, name);
    }

    private static Task IsGoodAsync(Visitor visitor, string? name) => BothSizes.AreGoodAsync(visitor, name);

    /// <summary>A flow at the side that breaks as soon as somebody asks for more time.</summary>
    private const string Breaking =
        """
        { "definitionId": "looks-at-it", "name": "延期前看一看", "version": 1, "isLatest": true, "isPublished": false, "variables": [ { "id": "n", "name": "n", "typeName": "Int32", "value": "1", "storageDriverTypeName": "WorkflowInstanceStorageDriver" } ],
          "inputs": [], "outputs": [], "outcomes": [], "customProperties": { "BanBuCheng.Kind": "Side" }, "options": {},
          "root": { "id": "main", "type": "Elsa.Flowchart", "version": 1, "customProperties": {}, "metadata": {}, "variables": [],
            "activities": [
              { "id": "asked", "type": "Elsa.Event", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {}, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "case.extension-requested" } } },
              { "id": "count", "type": "Elsa.FlowDecision", "version": 1, "customProperties": {}, "metadata": { "displayText": "数一数还剩几天" }, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "if (getN() < 5) throw 'n is too small'; return true" } } },
              { "id": "yes", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "yes" } } },
              { "id": "no", "type": "Elsa.WriteLine", "version": 1, "customProperties": {}, "metadata": {}, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "no" } } } ],
            "connections": [
              { "source": { "activity": "asked", "port": "Done" }, "target": { "activity": "count" } },
              { "source": { "activity": "count", "port": "True" }, "target": { "activity": "yes" } },
              { "source": { "activity": "count", "port": "False" }, "target": { "activity": "no" } } ] } }
        """;

    /// <summary>As Studio does; null takes the flow back.</summary>
    private async Task PublishAsync(Visitor visitor, string? flow)
    {
        var (path, data) = flow is null ? ("workflow-definitions/looks-at-it/retract", "{}") : ("workflow-definitions", $$"""{ "model": {{flow}}, "publish": true }""");
        var answer = await visitor.Page.APIRequest.PostAsync(new Uri(hall.Site.Address, $"elsa/api/{path}").ToString(), new() { Data = data, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" } });
        Assert.True(answer.Ok, $"{answer.Status}: {await answer.TextAsync()}");
    }
}
