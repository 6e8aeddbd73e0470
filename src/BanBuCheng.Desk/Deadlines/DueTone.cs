namespace BanBuCheng.Desk.Deadlines;

/// <summary>到期牌的样子 — the shape of a due badge; a page turns it into the class due-far, due-soon and so on.</summary>
public enum DueTone
{
    Far,
    Soon,
    Today,
    Late,
    Paused,
    Maybe,
    Done,
}
