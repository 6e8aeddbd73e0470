using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>A case as the inbox shows it beside the list: whose turn, by which day, what next, what matters.</summary>
/// <param name="TaskId">The row it was opened from; null when found by searching.</param>
/// <param name="Problem">Why the last press was refused; nothing was changed by it.</param>
internal sealed record CasePanel(CaseView File, Actor Actor, DateOnly Today, TaskId? TaskId = null, string? Problem = null)
{
    public string FullPage => $"/cases/{File.Case.Number}";
    public NextStep? Next => NextStep.Of(File, Actor, Today);
}
