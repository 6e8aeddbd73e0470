using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Pages.Shared.Frame;

/// <summary>The frame without anybody in it: the hall's name and telephone.</summary>
internal sealed class PlainFrames(IOptions<HallOptions> hall) : IPageFrames
{
    public ValueTask<PageFrame> ForAsync(HttpContext http) =>
        ValueTask.FromResult(new PageFrame { District = hall.Value.District, HelpPhone = hall.Value.HelpPhone });
}
