using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.Clinic;

/// <summary>kill -9 in the middle of the clinic story: what a person was told is done is done, once, and what was to come still comes.</summary>
public sealed class ClinicNameSurvivesAKill
{
    [Fact(DisplayName = "第一个部门刚办完，程序被杀掉：开起来接着办，什么都没丢，什么都没有两份")]
    public async Task Killed_after_the_first_department_answered_it_goes_on()
    {
        await using var site = await Site.OpenAsync("2022-06-25 08:50");
        var clinic = new ClinicCourse(site);
        await clinic.AcceptAsync();
        await clinic.JudgeAsync();
        await clinic.ProposeAsync();

        await site.KillAsync();
        await site.StartAgainAtAsync("2022-06-26 11:05");
        await site.ToldAsync();

        await using (var market = await Visitor.EnterAsync(site, "石立群"))
        {
            Assert.Equal(0, await market.TasksOfAsync(clinic.Number));
        }

        await using (var health = await Visitor.EnterAsync(site, "邱明远"))
        {
            Assert.Equal(1, await health.TasksOfAsync(clinic.Number));
        }

        await clinic.ChallengeAsync();
        await clinic.SolveAsync();
        await clinic.TellAsync();

        await using var window = await Visitor.EnterAsync(site, "段小禾");
        await window.GoAsync($"cases/{clinic.Number}?all=true");
        var file = await window.TextAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(file);
        Assert.Equal(1, Times(file, "方案1：改叫“郝医生内科诊所”"));
        Assert.Equal(1, Times(file, "方案2：市场监管局出具说明"));
        Assert.Equal(1, Times(file, "您的事项已受理"));
    }

    private static int Times(string text, string words) => text.Split(words).Length - 1;
}
