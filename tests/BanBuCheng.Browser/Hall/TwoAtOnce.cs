using BanBuCheng.Browser.Given;
using Microsoft.Playwright;
using Xunit;

namespace BanBuCheng.Browser.Hall;

/// <summary>Two people, or two tabs, want the same thing: one gets it, the other is told and loses no word.</summary>
[Collection(nameof(OpenHall))]
public sealed class TwoAtOnce(OpenHall hall)
{
    [Fact(DisplayName = "两个人同时打开一步：慢的那个看到已由他人办理，写的字都在")]
    public async Task The_slower_one_keeps_their_words()
    {
        var number = await hall.NumberOfAsync("工伤认定缺劳动合同");
        await using var window = await Visitor.EnterAsync(hall.Site, "段小禾");
        await using var head = await Visitor.EnterAsync(hall.Site, "温敬之");
        await window.OpenTaskAsync(number, "拟答复");
        await head.OpenTaskAsync(number, "拟答复");
        await WriteAsync(window, "用工资流水和两位工友的证言，工伤已经认定，可以来领决定书。");
        await WriteAsync(head, "站长写的另一份答复：证言已经核实，认定书下周一发。");

        await window.FinishAsync();
        await head.PressAsync("办完这一步");

        await head.SeesAsync("已由他人办理");
        await head.SeesAsync("站长写的另一份答复：证言已经核实，认定书下周一发。");
        await head.PressAsync("存为内部备注");
        await head.SeesAsync("存成内部备注了，群众看不到。");
        await head.SeesInAsync("#notes", "站长写的另一份答复");
        head.HadNoTrouble();
        window.HadNoTrouble();

        static async Task WriteAsync(Visitor visitor, string reply)
        {
            await visitor.WriteAsync("答复全文", reply);
            await visitor.PickAsync("群众以后还有没有风险", "没有");
            await visitor.PickAsync("结果", "办成了");
        }
    }

    [Fact(DisplayName = "同一张单子交两次：只有一件")]
    public async Task A_form_posted_twice_is_one_case()
    {
        const string Subject = "水表过户要原房主到场，人找不到了";
        await using var first = await Visitor.EnterAsync(hall.Site, "段小禾");
        await first.GoAsync("intake/new");
        await FillAsync(first.Page);
        var second = await first.Page.Context.NewPageAsync();
        await second.GotoAsync(first.Page.Url);
        await FillAsync(second);

        await first.Page.GetByText("受理，打印受理单").DblClickAsync();
        await first.SeesAsync("第一联 群众留存");
        await second.GetByText("受理，打印受理单").ClickAsync();

        await Assertions.Expect(second.GetByText("这张单子已经受理过了，就是这一件，没有再登一件。")).ToBeVisibleAsync();
        Assert.Equal(new Uri(first.Page.Url).AbsolutePath, new Uri(second.Url).AbsolutePath);
        await first.GoAsync($"cases?q={Uri.EscapeDataString(Subject)}");
        Assert.Equal(1, await first.Page.Locator("table a").GetByText(Subject).CountAsync());
        first.HadNoTrouble();

        static async Task FillAsync(IPage page)
        {
            await page.GetByLabel("姓名或单位名称").FillAsync("文一舟");
            await page.GetByLabel("手机或座机").FillAsync("10000002001");
            await page.GetByLabel("一句话概括").FillAsync(Subject);
            await page.GetByLabel("怎么办不成的，用群众的原话写").FillAsync("房子买了八年，水表还是原房主的名字，他搬去外省，电话也停了。");
            await page.Locator("label.pick").Filter(new() { HasText = "复杂" }).First.ClickAsync();
        }
    }
}
