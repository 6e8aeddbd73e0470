using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Web.Clockwork;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>The sample names every setting, says the default, and would be accepted.</summary>
public sealed class SampleSettings
{
    private static readonly (string Section, Type Options)[] All =
    [
        (HallOptions.Section, typeof(HallOptions)), (FlowShelfOptions.Section, typeof(FlowShelfOptions)),
        (FlowHistoryOptions.Section, typeof(FlowHistoryOptions)), (SmsOptions.Section, typeof(SmsOptions)), (ClockworkOptions.Section, typeof(ClockworkOptions)),
    ];

    private static readonly IConfigurationRoot Sample = new ConfigurationBuilder().AddJsonFile(Repository.Path("appsettings.sample.json")).Build();

    [Fact(DisplayName = "样例配置里的值都合法，而且就是默认值")]
    public void The_sample_is_valid_and_says_the_defaults()
    {
        foreach (var (section, type) in All)
        {
            var bound = Sample.GetSection(section).Get(type)!;
            Validator.ValidateObject(bound, new ValidationContext(bound), validateAllProperties: true);
            Same(section, Activator.CreateInstance(type)!, bound);
        }
    }

    [Fact(DisplayName = "样例配置没有漏掉哪一项")]
    public void No_setting_is_missing_from_the_sample() =>
        Assert.Empty(All.SelectMany(o => Keys(o.Options, o.Section)).Where(key => !Sample.AsEnumerable().Any(pair => pair.Key == key)));

    [Fact(DisplayName = "每一类配置都在样例里")]
    public void No_options_class_is_forgotten()
    {
        var sections = Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "public const string Section = \"(\\w+)\"").Select(m => m.Groups[1].Value)).Distinct();
        Assert.Empty(sections.Except(All.Select(o => o.Section)));
    }

    [Fact(DisplayName = "每一项都有中文说明")]
    public void Every_section_is_explained_in_Chinese()
    {
        var lines = File.ReadAllLines(Repository.Path("appsettings.sample.json"));
        Assert.All(Sample.GetChildren(), section =>
        {
            var at = Array.FindIndex(lines, line => line.TrimStart().StartsWith($"\"{section.Key}\": {{", StringComparison.Ordinal));
            Assert.Matches("//.*\\p{IsCJKUnifiedIdeographs}", lines[at + 1]);
        });
    }

    private static void Same(string path, object expected, object actual)
    {
        foreach (var property in expected.GetType().GetProperties().Where(p => p.CanRead))
        {
            var (left, right) = (property.GetValue(expected), property.GetValue(actual));
            if (left is not null && IsSection(property.PropertyType)) Same($"{path}:{property.Name}", left, right!);
            else Assert.True(Equals(left, right) || (left is null && right is ""), $"{path}:{property.Name} is {left} by default, but the sample says {right}.");
        }
    }

    private static IEnumerable<string> Keys(Type type, string path) =>
        type.GetProperties().SelectMany(p => IsSection(p.PropertyType) ? Keys(p.PropertyType, $"{path}:{p.Name}") : [$"{path}:{p.Name}"]);

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string);
}
