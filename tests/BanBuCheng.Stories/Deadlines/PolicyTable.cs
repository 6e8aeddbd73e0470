using System.Text.Json;
using BanBuCheng.Desk.Deadlines;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>时限政策表 — the numbers, their grounds, and what they forbid.</summary>
public sealed class PolicyTable
{
    private static readonly DeadlinePolicy Policy = DeadlinePolicy.Default;

    [Fact(DisplayName = "默认：简单3天，复杂10天，特殊10天，合计不超过15天")]
    public void The_default_table()
    {
        Assert.Equal([3, 10, 10], Enum.GetValues<Difficulty>().Select(Policy.LimitOf));
        Assert.Equal([3, 15, 15], Enum.GetValues<Difficulty>().Select(Policy.CeilingOf));
        Assert.Equal(25, (Policy with { CeilingCounts = ExtensionCeiling.Additional }).CeilingOf(Difficulty.Complex));
        Assert.Equal(["简单", "复杂", "特殊"], Enum.GetValues<Difficulty>().Select(difficulty => difficulty.Chinese()));
        Assert.Empty(Policy.Faults());
    }

    [Theory(DisplayName = "能不能延时")]
    [InlineData(Difficulty.Complex, 10, 5, 0, true, ExtensionVerdict.Allowed)]
    [InlineData(Difficulty.Complex, 10, 6, 0, true, ExtensionVerdict.BeyondCeiling)]
    [InlineData(Difficulty.Complex, 10, int.MaxValue, 0, true, ExtensionVerdict.BeyondCeiling)]
    [InlineData(Difficulty.Complex, 10, 0, 0, true, ExtensionVerdict.NothingAsked)]
    [InlineData(Difficulty.Special, 12, 3, 1, true, ExtensionVerdict.AlreadyExtended)]
    [InlineData(Difficulty.Special, 10, 3, 0, false, ExtensionVerdict.TooLate)]
    [InlineData(Difficulty.Simple, 3, 1, 0, true, ExtensionVerdict.ReclassFirst)]
    public void Extensions(Difficulty difficulty, int soFar, int more, int before, bool inTime, ExtensionVerdict verdict) =>
        Assert.Equal(verdict, Policy.Judge(difficulty, soFar, more, before, inTime));

    [Fact(DisplayName = "填错的每一项都有一句话")]
    public void Every_wrong_field_has_a_sentence()
    {
        var wrong = Policy with { Simple = new(0, "规定"), Complex = new(10, " "), Hours = HallHours.Default with { MorningCloses = new(8, 0) } };
        Assert.Equal(
            [
                new PolicyFault("Simple", "简单时限要在1到60之间，现在是0。"),
                new PolicyFault("Complex", "复杂时限的依据还没写。"),
                new PolicyFault("Hours", "办公时间要从早到晚：上午开门、上午关门、下午开门、下午关门。"),
            ],
            wrong.Faults());
    }

    [Fact(DisplayName = "几个数之间说不通也会指出")]
    public void Numbers_that_contradict_each_other_are_found()
    {
        Assert.Equal("Ceiling", Assert.Single((Policy with { Special = new(20, "规定") }).Faults()).Field);
        Assert.Empty((Policy with { Special = new(20, "规定"), CeilingCounts = ExtensionCeiling.Additional }).Faults());
        Assert.Equal("Simple", Assert.Single((Policy with { Simple = new(11, "规定") }).Faults()).Field);
        Assert.Equal("WarnAt", Assert.Single((Policy with { WarnAt = new(0, "规定") }).Faults()).Field);
    }

    [Fact(DisplayName = "政策表存成文本再读回来，一个数都不变")]
    public void The_table_survives_being_stored() =>
        Assert.Equal(Policy with { Version = 7 }, JsonSerializer.Deserialize<DeadlinePolicy>(JsonSerializer.Serialize(Policy with { Version = 7 })));

    [Fact(DisplayName = "命令行的答案按约定的名字写出")]
    public void The_answer_for_the_command_line_keeps_its_names() => Assert.Equal(
        """{"from":"2026-02-13","days":1,"due":"2026-02-14","provisional":false,"derivation":[{"date":"2026-02-13","counts":false,"reason":"当天不算"},{"date":"2026-02-14","counts":true,"reason":"调休上班，第1天"}]}""",
        JsonSerializer.Serialize(CalendarDue.Answer(new(2026, 2, 13), 1), Readable));

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
