using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>生僻字、表情、网页代码：群众怎么说就怎么记。</summary>
public sealed class AnyTextComesBack
{
    [Theory(DisplayName = "生僻字、表情和网页代码，一个字不变地记下来")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task As_it_was_told(Database database)
    {
        const string Odd = "<b>𠮷㼆</b> &amp; 👩‍👩‍👧 '; DROP TABLE cases; --{{x}}\"";
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");

        var accepted = await hall.AcceptsAsync(HallWork.Form with
        {
            Subject = Odd, Story = $"第一行{Odd}\r\n第二行\t{Odd}", OriginalItem = Odd, OriginalWindow = Odd, NeededByReason = Odd, ApplicantName = $"𠮷㼆{Odd[..20]}",
        });

        var seen = (await hall.CaseAsync(accepted.Number)).Case;
        var cipher = hall.Services.GetRequiredService<FieldCipher>();
        Assert.Equal([Odd, $"第一行{Odd}\n第二行\t{Odd}", Odd, Odd, Odd, $"𠮷㼆{Odd[..20]}"],
            [seen.Subject, seen.Story, seen.OriginalItem, seen.OriginalWindow, seen.NeededByReason, cipher.Open(seen.ApplicantName)]);
        Assert.Equal("𠮷**", seen.MaskedName);
        Assert.Equal(Odd, Assert.Single(await hall.InboxOfAsync("温敬之")).Subject);
    }
}
