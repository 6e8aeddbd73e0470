namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>How near the date is; each has its own shape, so a grey print still tells.</summary>
public enum DueState { Far, Soon, Today, Late, Paused, Maybe, Done }

/// <summary>
/// 期限牌 — the date in words. <paramref name="WhyUrl"/> opens "为什么是这一天". The words are made on the server when the page is
/// made and never count down in the browser.
/// </summary>
public sealed record DueBadge(DueState State, string Text, string? WhyUrl = null)
{
    public string Icon => State switch
    {
        DueState.Soon => "clock",
        DueState.Today => "hourglass",
        DueState.Late => "alert",
        DueState.Paused => "pause",
        DueState.Maybe => "calendar-question",
        DueState.Done => "done",
        _ => "calendar",
    };

    public string Css => $"due due-{State.ToString().ToLowerInvariant()}";
}
