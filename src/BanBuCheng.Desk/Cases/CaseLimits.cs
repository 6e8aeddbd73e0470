namespace BanBuCheng.Desk.Cases;

/// <summary>Longest texts in characters (UTF-16 units), the same in forms, entities and columns.</summary>
public static class CaseLimits
{
    public const int Subject = 60;
    public const int Story = 2000;
    public const int ShortText = 120;
    public const int LongText = 2000;

    /// <summary>A whole reply: the text and what is attached to it — facts, clauses, what was tried, other ways.</summary>
    public const int Reply = 8000;
    public const int Name = 60;
}
