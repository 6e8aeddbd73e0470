using System.Text.RegularExpressions;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Web.Pages.Sms;
using BanBuCheng.Web.Texts;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>Every code that can reach a person has its sentence.</summary>
public sealed partial class Texts
{
    [Fact(DisplayName = "每个拒绝都有一句人话")]
    public void Every_refusal_has_a_sentence()
    {
        var codes = Directory.EnumerateFiles(Repository.Path("src/BanBuCheng.Desk"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Refusal().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.True(codes.Count > 15, "the scan no longer finds the refusals");
        Assert.Empty(codes.Except(RefusalTexts.All.Keys));
    }

    [Fact(DisplayName = "每种经过都有一句话")]
    public void Every_kind_of_journal_entry_has_a_sentence()
    {
        var source = File.ReadAllText(Repository.Path("src/BanBuCheng.Desk/CaseFile/CaseTimeline.cs"));
        var constants = typeof(JournalKinds).GetFields().Where(f => f.IsLiteral).ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!);
        Assert.Empty(constants.Where(c => !source.Contains($"JournalKinds.{c.Key} =>", StringComparison.Ordinal)));
        Assert.Equal(constants.Values.Order(), JournalKinds.All.Order());
        Assert.NotNull(typeof(CaseTimeline));
    }

    [Fact(DisplayName = "短信页上每个模板都有样子")]
    public void Every_template_is_shown_with_sample_values() =>
        Assert.Equal(SmsTemplates.All.Values.Select(t => t.Caption), SmsWords.Samples.Select(s => s.Caption));

    [GeneratedRegex(@"new(?: RefusedException)?\(""([a-z]+\.[a-z-]+)""")]
    private static partial Regex Refusal();
}
