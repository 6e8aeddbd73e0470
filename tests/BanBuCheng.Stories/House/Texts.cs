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
    [Fact(DisplayName = "每个拒绝都有一句人话，每一句人话都有人会说")]
    public void Every_refusal_has_a_sentence()
    {
        var thrown = Sources("src/BanBuCheng.Desk").SelectMany(text => Refusal().Matches(text).Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.True(thrown.Count > 15, "the scan no longer finds the refusals");
        Assert.Empty(thrown.Except(RefusalTexts.All.Keys));
        var named = string.Join('\n', Sources("src").Where(text => !text.Contains("class RefusalTexts", StringComparison.Ordinal)));
        Assert.Empty(RefusalTexts.All.Keys.Where(code => !named.Contains($"\"{code}\"", StringComparison.Ordinal)));
    }

    [Fact(DisplayName = "每个拒绝至少有一个故事试过它")]
    public void Every_refusal_is_tried_by_a_story()
    {
        // Whatever the desk's source names, however it comes to be thrown: by a choice, a switch or a guard.
        var desk = string.Join('\n', Sources("src/BanBuCheng.Desk"));
        var codes = RefusalTexts.All.Keys.Where(code => desk.Contains($"\"{code}\"", StringComparison.Ordinal)).ToList();
        Assert.True(codes.Count > 100, "the scan no longer finds the refusals");
        var stories = string.Join('\n', Sources("tests/BanBuCheng.Stories", "/House/"));
        Assert.Empty(codes.Where(code => !stories.Contains($"\"{code}\"", StringComparison.Ordinal)));
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

    private static IEnumerable<string> Sources(string folder, string except = "/Migrations/") =>
        Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal) && !f.Contains(except, StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex(@"new(?: RefusedException)?\(""([a-z]+\.[a-z-]+)""")]
    private static partial Regex Refusal();
}
