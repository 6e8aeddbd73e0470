using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.Clinic;

/// <summary>The clinic story as people see it: in Chromium, against the real process, in a hall that is full of other work.</summary>
public sealed class ClinicNameInChromium
{
    [Fact(DisplayName = "诊所名字的故事，在浏览器里从登记走到群众看见答复")]
    public async Task From_the_counter_to_the_answer_on_the_citizens_phone()
    {
        await using var site = await Site.OpenAsync("2022-06-25 08:50");
        var clinic = new ClinicCourse(site);
        await clinic.AcceptAsync();

        // The citizen sees at once by when and why.
        await using (var waiting = await clinic.LookUpAsync())
        {
            await waiting.SeesAsync("7月8日（周五）");
            await waiting.SeesAsync("还有10个工作日");
            await waiting.Page.GetByText("为什么是7月8日（周五）？").ClickAsync();
            await waiting.SeesInAsync("#why .why >> nth=1", "第10天");
            waiting.HadNoTrouble();
        }

        await clinic.JudgeAsync();
        await clinic.ProposeAsync();
        await clinic.ChallengeAsync();
        await clinic.SolveAsync();
        await clinic.TellAsync();

        await using var citizen = await clinic.LookUpAsync();
        await citizen.SeesAsync("办成了");
        await citizen.SeesAsync("7月5日（周二）打电话告诉了您。");
        await citizen.SeesAsync("诊所名字的事办成了，明天可以到大厅3号窗口领取诊所备案凭证。");
        await citizen.Page.GetByText("为什么是7月8日（周五）？").ClickAsync();
        await citizen.SeesInAsync("#why .why >> nth=1", "第7天");
        citizen.HadNoTrouble();
    }
}
