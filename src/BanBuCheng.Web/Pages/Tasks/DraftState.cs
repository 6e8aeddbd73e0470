namespace BanBuCheng.Web.Pages.Tasks;

/// <summary>What the page says of the draft after it was kept, or why it was not.</summary>
internal sealed record DraftState(int? Revision, DateTimeOffset? At, string? Problem);
