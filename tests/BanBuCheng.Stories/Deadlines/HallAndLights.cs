using BanBuCheng.Desk.Deadlines;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>办公时间和灯 — when a day ends, when a light changes, how long the hall was open.</summary>
public sealed class HallAndLights
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.BuiltIn;
    private static readonly DateOnly Accepted = new(2022, 6, 25);
    private static readonly DateOnly Due = new(2022, 7, 8);

    [Fact(DisplayName = "最后一天下班到点，下个工作日开门才亮红灯，当天半夜前送到都算按时")]
    public void The_last_day_ends_with_the_hall_and_red_begins_with_the_next_opening()
    {
        var hours = HallHours.Default;
        Assert.Equal(Utc(2022, 7, 8, 9, 0), hours.CloseOf(Due));
        Assert.Equal(TimeSpan.Zero, hours.CloseOf(Due).Offset);
        Assert.Equal(Utc(2022, 7, 11, 1, 0), hours.RedFrom(Due, Calendar));
        Assert.True(HallHours.InTime(Due, Utc(2022, 7, 8, 15, 59)));
        Assert.False(HallHours.InTime(Due, Utc(2022, 7, 8, 16, 0)));
    }

    [Theory(DisplayName = "口腔诊所的灯：7月7日变黄，7月11日开门变红，周末不变")]
    [InlineData(6, 30, 4, 0, Light.Green)]
    [InlineData(7, 6, 15, 59, Light.Green)]
    [InlineData(7, 6, 16, 0, Light.Yellow)]
    [InlineData(7, 8, 15, 0, Light.Yellow)]
    [InlineData(7, 9, 4, 0, Light.Yellow)]
    [InlineData(7, 11, 0, 59, Light.Yellow)]
    [InlineData(7, 11, 1, 0, Light.Red)]
    public void The_lights_of_the_clinic(int month, int day, int hour, int minute, Light light) =>
        Assert.Equal(light, Lamp.Of(Accepted, Due, Standing.Running, Utc(2022, month, day, hour, minute), Calendar, DeadlinePolicy.Default, attempted: true));

    [Fact(DisplayName = "用掉一半还没办过就亮蓝灯；暂停和办结有自己的灯")]
    public void Blue_paused_and_done()
    {
        Light At(int month, int day, Standing standing = Standing.Running) =>
            Lamp.Of(Accepted, Due, standing, Utc(2022, month, day, 4, 0), Calendar, DeadlinePolicy.Default, attempted: false);
        Assert.Equal(Light.Green, At(6, 30));
        Assert.Equal(Light.Blue, At(7, 1));
        Assert.Equal(Light.Yellow, At(7, 7));
        Assert.Equal(Light.Paused, At(7, 20, Standing.Paused));
        Assert.Equal(Light.Done, At(7, 20, Standing.Done));
        Assert.Equal(["绿灯", "蓝灯", "黄灯", "红灯", "已暂停", "已办结"], Enum.GetValues<Light>().Select(light => light.Chinese()));
    }

    [Fact(DisplayName = "周五下午4点到周一上午10点，大厅开了两小时；调休的周六照算")]
    public void Only_open_hours_are_counted()
    {
        var hours = HallHours.Default;
        Assert.Equal(120, hours.WorkingMinutes(Utc(2022, 7, 8, 8, 0), Utc(2022, 7, 11, 2, 0), Calendar));
        Assert.Equal(7 * 60, hours.WorkingMinutes(Utc(2026, 10, 9, 16, 0), Utc(2026, 10, 10, 16, 0), Calendar));
        Assert.Equal(0, hours.WorkingMinutes(Utc(2022, 7, 8, 4, 0), Utc(2022, 7, 8, 5, 0), Calendar));
        Assert.Throws<ArgumentException>(() => hours.WorkingMinutes(Utc(2022, 7, 9, 0, 0), Utc(2022, 7, 8, 0, 0), Calendar));
    }

    [Fact(DisplayName = "一段时间从哪里切开，办公时间加起来都一样")]
    public void Cutting_a_span_anywhere_loses_no_minute() => Gen.Select(Gen.Int[0, 500_000], Gen.Int[0, 30_000], Gen.Int[0, 30_000]).Sample((start, first, second) =>
    {
        var from = Utc(2025, 6, 1, 0, 0).AddMinutes(start);
        var middle = from.AddMinutes(first);
        var to = middle.AddMinutes(second);
        var hours = HallHours.Default;
        return hours.WorkingTime(from, to, Calendar) == hours.WorkingTime(from, middle, Calendar) + hours.WorkingTime(middle, to, Calendar);
    });

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
