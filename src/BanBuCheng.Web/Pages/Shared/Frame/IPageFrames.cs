namespace BanBuCheng.Web.Pages.Shared.Frame;

/// <summary>Fills the frame for one request. The sign-in room replaces the plain one, which knows nobody.</summary>
public interface IPageFrames
{
    ValueTask<PageFrame> ForAsync(HttpContext http);
}
