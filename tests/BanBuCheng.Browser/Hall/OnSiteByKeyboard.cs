using System.Diagnostics;
using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.Hall;

/// <summary>
/// 现场解答 with the keyboard alone (R-28). What the page and the server take is measured; what the hands take is reckoned: a trained clerk
/// writes 120 characters a minute, presses another key in 0.3 s and thinks 1.35 s before each box.
/// </summary>
[Collection(nameof(OpenHall))]
public sealed class OnSiteByKeyboard(OpenHall hall)
{
    private const int MostKeys = 12, MostFields = 3;
    private const double MostSeconds = 20, PerCharacter = 0.5, PerKey = 0.3, PerBox = 1.35;

    private static readonly (string Question, string Answer)[] Asked =
    [
        ("社保卡怎么激活", "带身份证到2号窗口，当场就能激活。"),
        ("身份证丢了能办吗", "可以先开临时身份证明，3号窗口。"),
        ("公积金异地能取吗", "可以，手机上就能提交，不用跑。"),
        ("营业执照多久拿到", "材料齐的，今天就能拿到。"),
        ("老人证在哪里办", "社区就能办，不用到大厅来。"),
    ];

    [Fact(DisplayName = "R-28 现场解答：不碰鼠标，最多三格、十二个键，中位数二十秒以内")]
    public async Task R_28_with_the_keyboard_alone()
    {
        await using var visitor = await Visitor.EnterAsync(hall.Site, "段小禾");
        await visitor.GoAsync("inbox");
        var keys = visitor.Page.Keyboard;
        var seconds = new List<double>();
        foreach (var (question, answer) in Asked)
        {
            var pressed = 0;
            var watch = Stopwatch.StartNew();
            async Task PressAsync(string key)
            {
                pressed += key.Split('+').Length;
                await keys.PressAsync(key);
            }

            await PressAsync("F2");
            await visitor.Page.WaitForFunctionAsync("document.activeElement?.id === 'Question'");
            var fields = await visitor.Page.Locator("main form input:not([type=hidden]):not([type=radio]):visible, main form textarea:visible, main form select:visible").CountAsync();
            Assert.True(fields <= MostFields, $"{fields} fields, {MostFields} at most.");
            await keys.InsertTextAsync(question);
            // Precedents may have come in between; the answer's box is reached by tabbing, however many there are.
            while (await visitor.Page.EvaluateAsync<string>("document.activeElement?.id ?? ''") != "Answer")
            {
                await PressAsync("Tab");
                Assert.True(pressed <= MostKeys, "The answer's box is too many tabs away.");
            }

            await keys.InsertTextAsync(answer);
            await PressAsync("Control+Enter");
            await visitor.SeesAsync("记下了，编号");
            Assert.True(pressed <= MostKeys, $"{pressed} keys besides the text, {MostKeys} at most.");
            seconds.Add(watch.Elapsed.TotalSeconds + (question.Length + answer.Length) * PerCharacter + pressed * PerKey + 2 * PerBox);
        }

        var median = seconds.Order().ElementAt(seconds.Count / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{median:0.0} s; {string.Join(" ", seconds.Select(s => s.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)))}");
        Assert.True(median <= MostSeconds, $"{median:0.0} s, {MostSeconds} at most.");
        visitor.HadNoTrouble();
    }
}
