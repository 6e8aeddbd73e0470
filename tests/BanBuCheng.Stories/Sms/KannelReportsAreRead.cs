using System.Security.Cryptography;
using System.Text;
using BanBuCheng.Desk.Sms.Gateways;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Sms;

/// <summary>Reports: only signed ones count, and their order does not.</summary>
public sealed class KannelReportsAreRead
{
    private static readonly SmsReportSeal Seal = new(text => HMACSHA256.HashData("a key"u8, Encoding.UTF8.GetBytes(text)));
    private static readonly Guid Id = Guid.Parse("01930000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData("1", SmsProgress.Delivered)]
    [InlineData("2", SmsProgress.Failed)]
    [InlineData("4", SmsProgress.WithCarrier)]
    [InlineData("8", SmsProgress.WithCarrier)]
    [InlineData("16", SmsProgress.Failed)]
    public void Each_kind_says_how_far_the_message_got(string type, SmsProgress progress) => Assert.Equal(progress, Read(type)?.Progress);

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("1 ")]
    public void An_unknown_kind_is_no_report(string type) => Assert.Null(Read(type));

    [Fact]
    public void Another_messages_token_is_no_report()
    {
        var other = Guid.Parse("01930000-0000-7000-8000-000000000002");
        Assert.Null(Read("1", token: Seal.For(other)));
        Assert.Null(Read("1", token: ""));
    }

    [Fact]
    public void A_failure_keeps_the_status_word_and_never_the_quoted_text()
    {
        var report = Read("2", receipt: "id:77 sub:001 dlvrd:000 stat:UNDELIV err:012 text:您的事项");
        Assert.Equal("kannel.failed.UNDELIV", report?.Code);
        Assert.Equal("kannel.rejected", Read("16", receipt: "NACK/您的事项")?.Code);
    }

    [Fact]
    public void Late_doubled_and_crossed_reports_end_alike() =>
        Gen.Select(Gen.OneOf(Gen.Const("1"), Gen.Const("2"), Gen.Const("4"), Gen.Const("8"), Gen.Const("16")).Array[1, 8], Gen.Int[0, 1000]).Sample((types, seed) =>
        {
            var shuffled = types.Concat(types).ToArray();
            new Random(seed).Shuffle(shuffled);
            return End(types) == End(shuffled) && (End(types) == SmsProgress.Delivered) == types.Contains("1");
        });

    private static SmsProgress End(IEnumerable<string> types) => types.Aggregate(SmsProgress.Unknown, (before, type) => Read(type)!.After(before));

    private static KannelReport? Read(string type, string? token = null, string? receipt = null)
    {
        var query = new Dictionary<string, string?> { ["id"] = Id.ToString("N"), ["token"] = token ?? Seal.For(Id), ["type"] = type, ["receipt"] = receipt };
        return KannelReport.Read(name => query.GetValueOrDefault(name), Seal);
    }
}
