using BanBuCheng.Desk.Sms.Gateways;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Sms;

/// <summary>How many segments a text takes.</summary>
public sealed class SegmentsAreCounted
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    [InlineData(201, 3)]
    [InlineData(202, 4)]
    public void Seventy_fit_alone_and_sixty_seven_in_each_part(int characters, int segments) =>
        Assert.Equal(new SmsLength(characters, segments), SmsLength.Of(new string('办', characters)));

    [Fact]
    public void A_pair_is_not_torn_apart() =>
        Assert.Equal(3, SmsLength.Of(new string('办', 66) + "😀" + new string('办', 66)).Segments); // 66 + 67 + 1

    [Fact]
    public void Parts_are_never_fewer_than_the_units_need() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 60]).Sample((plain, pairs) =>
        {
            var length = SmsLength.Of(new string('事', plain) + string.Concat(Enumerable.Repeat("😀", pairs)));
            return length.Units == plain + 2 * pairs
                && (length.Units <= SmsLength.Alone ? length.Segments <= 1 : length.Segments * SmsLength.Cut >= length.Units && length.Segments >= 2);
        });
}
