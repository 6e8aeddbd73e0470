namespace BanBuCheng.Desk.Deadlines;

/// <summary>灯 — what a supervisor sees of a clock: 绿 running, 蓝 half used and nothing tried, 黄 nearly due, 红 overdue.</summary>
public enum Light
{
    Green,
    Blue,
    Yellow,
    Red,
    Paused,
    Done,
}

public static class LightNames
{
    public static string Chinese(this Light light) => light switch
    {
        Light.Green => "绿灯",
        Light.Blue => "蓝灯",
        Light.Yellow => "黄灯",
        Light.Red => "红灯",
        Light.Paused => "已暂停",
        Light.Done => "已办结",
        _ => throw new ArgumentOutOfRangeException(nameof(light), light, "Expected one of the six lights."),
    };
}
