using BanBuCheng.Desk.Cases;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Cases;

/// <summary>办件编号念错一位、颠倒两位，都认得出来。</summary>
public sealed class CaseNumbersHold
{
    private static readonly Gen<string> Numbers = Gen.Select(Gen.Int[0, 36524], Gen.Int[1, 9999])
        .Select((day, serial) => CaseNumber.Make(new DateOnly(2000, 1, 1).AddDays(day), serial));

    [Fact(DisplayName = "任何一位数字念错，都不是编号")]
    public void Every_wrong_digit_is_noticed() => Gen.Select(Numbers, Gen.Int[1, 10], Gen.Int[1, 9]).Sample((number, at, by) =>
    {
        var wrong = number.ToCharArray();
        wrong[at] = (char)('0' + (wrong[at] - '0' + by) % 10);
        return CaseNumber.Normalise(number) == number && CaseNumber.Normalise(new string(wrong)) is null;
    });

    [Fact(DisplayName = "任何相邻两位颠倒，都不是编号")]
    public void Every_swap_of_neighbours_is_noticed() => Gen.Select(Numbers, Gen.Int[1, 9]).Sample((number, at) =>
    {
        var swapped = number.ToCharArray();
        (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
        return swapped[at] == swapped[at + 1] || CaseNumber.Normalise(new string(swapped)) is null;
    });

    [Fact(DisplayName = "校验位念成别的字母，不是编号")]
    public void Every_wrong_check_character_is_noticed() => Gen.Select(Numbers, Gen.Char['A', 'Z']).Sample((number, letter) =>
        letter == number[11] || CaseNumber.Normalise(number[..11] + letter) is null);

    [Fact(DisplayName = "全角、小写、空格和短横都认得，十二位一条短信放得下")]
    public void What_people_type_is_understood() => Numbers.Sample(number =>
        number.Length == 12
        && CaseNumber.Normalise($" {number[..7].ToLowerInvariant()} - {number[7..]}　") == number
        && CaseNumber.Normalise(string.Concat(number.Select(c => (char)(c + 0xFEE0)))) == number);

    [Theory(DisplayName = "不是编号的不认")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("B2206250001")]
    [InlineData("B٢٢٠٦٢٥٠٠٠١A")]
    [InlineData("C22062500011")]
    public void What_is_no_number_is_none(string? typed) => Assert.Null(CaseNumber.Normalise(typed));
}
