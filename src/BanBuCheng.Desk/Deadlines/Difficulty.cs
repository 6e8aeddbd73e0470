namespace BanBuCheng.Desk.Deadlines;

/// <summary>难易程度 — how hard a case is; the policy gives each its own limit.</summary>
public enum Difficulty
{
    Simple,
    Complex,
    Special,
}

public static class DifficultyNames
{
    public static string Chinese(this Difficulty difficulty) => difficulty switch
    {
        Difficulty.Simple => "简单",
        Difficulty.Complex => "复杂",
        Difficulty.Special => "特殊",
        _ => throw new ArgumentOutOfRangeException(nameof(difficulty), difficulty, "Expected Simple, Complex or Special."),
    };
}
