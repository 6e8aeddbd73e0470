namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>
/// 轮到谁 — the one party that owes the next move: a person, a unit, the citizen, a timer. <paramref name="Face"/> is the one
/// character in the circle, <paramref name="Since"/> how long they have had it ("2个工作日", "今天 09:37 起").
/// </summary>
public sealed record Ball(string Holder, string Face, string? Since = null, bool IsYou = false)
{
    public string Css => IsYou ? "ball ball-you" : "ball";
    public string Who => IsYou ? "您" : Holder;
}
