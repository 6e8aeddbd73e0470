using System.Text.RegularExpressions;
using BanBuCheng.Browser.Given;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Clinic;

/// <summary>诊所名字的故事, page by page: who sits where, what they see, what they write. Each scene moves the hall's clock to its own hour.</summary>
public sealed class ClinicCourse(Site site)
{
    public const string Subject = "诊所名字核不过，开不了业";

    public string Number { get; private set; } = "";
    public string Code { get; private set; } = "";

    /// <summary>2022年6月25日，星期六：在窗口登记；7月7日就要用，期限是7月8日。</summary>
    public async Task AcceptAsync()
    {
        await site.ItIsAsync("2022-06-25 09:00");
        await using var window = await Visitor.EnterAsync(site, "段小禾");
        await window.Page.GetByRole(AriaRole.Navigation, new() { Name = "主菜单" }).GetByText("登记").ClickAsync();
        await window.PickAsync("谁来办", "个体户");
        await window.WriteAsync("姓名或单位名称", "金𠮷华");
        await window.WriteAsync("手机或座机", "10012345678");
        await window.WriteAsync("一句话概括", Subject);
        await window.WriteAsync("怎么办不成的，用群众的原话写", "我叫金𠮷华，个人诊所的名字里要有我的姓名，可核名系统说这两个字禁用，一级。换名字又说不合医疗机构的规定。");
        await window.WriteAsync("原来要办什么", "个体工商户设立登记");
        await window.WriteAsync("在哪个窗口办", "市场监管3号窗口");
        await window.WriteAsync("他什么时候要用", "7月7日");
        await window.WriteAsync("为什么是那天", "那天开业");
        await window.PickAsync("难易", "复杂");
        await window.SeesInAsync("#promise", "他 7月7日（周四） 就要用。");
        await window.SeesInAsync("#promise", "他要的日子比期限早。按“复杂”，期限是7月8日（周五）；他7月7日（周四）就要用。");
        await window.PressAsync("受理，打印受理单");

        await window.Page.WaitForURLAsync(new Regex("/intake/receipt/"));
        var receipt = await window.TextAsync();
        Number = Regex.Match(receipt, "B220625\\d{4}[A-Z34]").Value;
        Assert.NotEmpty(Number);
        Assert.Contains("2022年7月8日（周五）", receipt, StringComparison.Ordinal);
        Assert.Contains("他要的日子比期限早。", receipt, StringComparison.Ordinal);
        Assert.Contains("查询码在短信里", receipt, StringComparison.Ordinal);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("二维码") }).First).ToBeVisibleAsync();

        // The code is in the message, and on no paper.
        await window.GoAsync("messages");
        var message = await window.Page.GetByRole(AriaRole.Region, new() { Name = Number }).Locator(".sms").InnerTextAsync();
        Assert.Matches($"^【青屏区政务服务】您的事项已受理，编号{Number}，查询码\\d{{6}}勿告他人，7月8日前答复。咨询8800-1345。$", message);
        Code = Regex.Match(message, "查询码(\\d{6})").Groups[1].Value;
        Assert.DoesNotContain(Code, receipt, StringComparison.Ordinal);
        window.HadNoTrouble();
    }

    /// <summary>站长当天研判：合规，堵在系统和政策打架；市场监管局牵头，卫健局协办。</summary>
    public async Task JudgeAsync()
    {
        await site.ItIsAsync("2022-06-25 10:30");
        await using var head = await Visitor.EnterAsync(site, "温敬之");
        await head.OpenTaskAsync(Number);
        await head.PickAsync("这件事合不合法规政策", "合规，只是卡住了");
        await head.PickAsync("难易", "复杂");
        await head.PickAsync("政策属性", "无政策障碍");
        await head.PickAsync("堵点原因", "系统问题");
        await head.PickAsync("堵点原因", "政策冲突");
        await head.SelectAsync("牵头单位", "区市场监管局");
        await head.PickAsync("协办单位", "区卫健局");
        await head.PickAsync("结果", "部门协同");
        await head.FinishAsync();
        head.HadNoTrouble();
    }

    /// <summary>星期天也在办：换一个字号，核名能过。</summary>
    public async Task ProposeAsync()
    {
        await site.ItIsAsync("2022-06-26 11:00");
        await using var market = await Visitor.EnterAsync(site, "石立群");
        await market.OpenTaskAsync(Number);
        await market.WriteAsync("意见", "换一个字号，核名能过。");
        await market.WriteAsync("方案", "改叫“郝医生内科诊所”，已经在系统里核过名。");
        await market.PickAsync("结果", "同意");
        await market.FinishAsync();
        market.HadNoTrouble();
    }

    /// <summary>卫健局有异议；站长不让群众担这个险，再来一轮。</summary>
    public async Task ChallengeAsync()
    {
        await site.ItIsAsync("2022-06-28 15:00");
        await using (var health = await Visitor.EnterAsync(site, "邱明远"))
        {
            await health.OpenTaskAsync(Number);
            await health.SeesAsync("改叫“郝医生内科诊所”，已经在系统里核过名。");
            await health.WriteAsync("意见", "请示了市卫健委。");
            await health.WriteAsync("对已有方案的异议", "读音和“好医生”一样，以后可能按夸大疗效处罚。");
            await health.WriteAsync("异议的依据", "医疗机构命名规则");
            await health.PickAsync("结果", "有异议");
            await health.FinishAsync();
            health.HadNoTrouble();
        }

        await site.ItIsAsync("2022-06-29 09:30");
        await using var head = await Visitor.EnterAsync(site, "温敬之");
        await head.OpenTaskAsync(Number);
        await head.SeesAsync("被推翻：读音和“好医生”一样，以后可能按夸大疗效处罚。");
        await head.PickAsync("结果", "方案被推翻，再想办法");
        await head.FinishAsync();
        head.HadNoTrouble();
    }

    /// <summary>卫健局到期没有回音：时间一到，这一步自己收回，交给站长；站长请他们再来一轮。</summary>
    public async Task SilentAsync()
    {
        await site.ItIsAsync("2022-06-29 09:30");
        await using (var health = await Visitor.EnterAsync(site, "邱明远"))
        {
            Assert.Equal(0, await health.TasksOfAsync(Number));
        }

        await using var head = await Visitor.EnterAsync(site, "温敬之");
        await head.OpenTaskAsync(Number);
        await head.SeesAsync("到期没办，收回：部门协同");
        await head.WriteAsync("为什么被推翻", "卫健局没有回音，问了才知道读音和“好医生”一样。");
        await head.PickAsync("结果", "方案被推翻，再想办法");
        await head.FinishAsync();
        head.HadNoTrouble();
    }

    /// <summary>第二轮：市场监管局出证明，卫健局备案，站长看过。</summary>
    public async Task SolveAsync()
    {
        await site.ItIsAsync("2022-07-01 16:00");
        await using (var market = await Visitor.EnterAsync(site, "石立群"))
        {
            await market.OpenTaskAsync(Number);
            await market.SeesAsync("第2轮");
            await market.WriteAsync("意见", "出说明，说清是系统的原因。");
            await market.WriteAsync("方案", "市场监管局出具说明，报卫健局备案。");
            await market.WriteAsync("出了什么文件", "字号使用情况说明");
            await market.WriteAsync("文号", "青市监函〔2022〕31号");
            await market.SelectAsync("报给哪家备案", "区卫健局");
            await market.PickAsync("结果", "同意");
            await market.FinishAsync();
            market.HadNoTrouble();
        }

        await site.ItIsAsync("2022-07-01 16:30");
        await using (var health = await Visitor.EnterAsync(site, "邱明远"))
        {
            await health.OpenTaskAsync(Number);
            await health.WriteAsync("意见", "已备案，以后不因字号处罚。");
            await health.WriteAsync("出了什么文件", "字号备案回执");
            await health.WriteAsync("备案回执号", "青卫备〔2022〕7号");
            await health.PickAsync("结果", "同意");
            await health.FinishAsync();
            health.HadNoTrouble();
        }

        await site.ItIsAsync("2022-07-04 15:00");
        await using var head = await Visitor.EnterAsync(site, "温敬之");
        await head.OpenTaskAsync(Number);
        await head.SeesAsync("字号备案回执");
        await head.PickAsync("结果", "方案可行");
        await head.FinishAsync();
        head.HadNoTrouble();
    }

    /// <summary>拟好答复；短信发出去不等于告诉到了，打电话才算；第7个工作日。</summary>
    public async Task TellAsync()
    {
        await site.ItIsAsync("2022-07-05 09:10");
        await using var window = await Visitor.EnterAsync(site, "段小禾");
        await window.OpenTaskAsync(Number);
        await window.WriteAsync("答复全文", "诊所名字的事办成了，明天可以到大厅3号窗口领取诊所备案凭证。");
        await window.PickAsync("群众以后还有没有风险", "有，已经解决");
        await window.WriteAsync("风险是什么，怎么解决的", "市场监管局出了说明，卫健局备了案，以后不会因为读音被处罚。");
        await window.PickAsync("结果", "办成了");
        await window.FinishAsync();

        await site.ItIsAsync("2022-07-05 10:00");
        await window.GoAsync($"cases/{Number}");
        await window.SeesAsync("还没有确认群众知道。");
        await window.PickAsync("怎么告诉的", "打电话");
        await window.WriteAsync("跟谁说的，他怎么说", "本人接的，他说明天一早来领，7号照常开业。");
        await window.PressAsync("已经告诉群众，记下来");
        await window.SeesAsync("记下了：已经告诉群众。");
        await window.SeesAsync("用了7个工作日");
        window.HadNoTrouble();
    }

    /// <summary>群众凭编号和查询码看。</summary>
    public async Task<Visitor> LookUpAsync(Screen? screen = null)
    {
        var citizen = await Visitor.OpenAsync(site, screen ?? Screen.Phone);
        await citizen.GoAsync($"q?no={Number}");
        await citizen.WriteAsync("查询码", Code);
        await citizen.PressAsync("查一查");
        await citizen.Page.WaitForURLAsync(new Regex("/q/case"));
        return citizen;
    }
}
