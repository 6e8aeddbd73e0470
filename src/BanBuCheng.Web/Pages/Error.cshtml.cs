using System.Diagnostics;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Pages;

/// <summary>
/// 出错页 — says what did not happen, what is safe, what to do, and a short code to read out. After a failed form it keeps what was
/// written: the same fields are posted again by the button, so nobody types twice.
/// </summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed partial class ErrorModel(IOptions<HallOptions> hall, ILogger<ErrorModel> log) : PageModel
{
    public TroubleWords Words { get; private set; } = TroubleWords.For(StatusCodes.Status404NotFound, wasWriting: false);
    public string? Reference { get; private set; }
    public string RetryUrl { get; private set; } = "/";
    public bool HadFiles { get; private set; }
    public IReadOnlyList<KeyValuePair<string, string>> Kept { get; private set; } = [];
    public string HelpPhone => hall.Value.Phone;
    public string HelpPhoneLink => "tel:" + new string([.. HelpPhone.Where(char.IsAsciiDigit)]);

    /// <summary>Of the kept fields those that a person wrote: sentences, not ids and tokens.</summary>
    public IEnumerable<string> Readable => Kept.Select(k => k.Value).Where(v => v.Any(c => c is >= '\u4e00' and <= '\u9fff'));

    public Task OnGetAsync(int? code) => TellAsync(code);
    public Task OnPostAsync(int? code) => TellAsync(code);
    public Task OnPutAsync(int? code) => TellAsync(code);
    public Task OnDeleteAsync(int? code) => TellAsync(code);

    private async Task TellAsync(int? code)
    {
        var failure = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var refused = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        // Asked for directly, without anything having happened: there is no such page.
        var status = failure is not null ? StatusCodes.Status500InternalServerError : refused is not null ? code ?? 404 : 404;
        var wasWriting = !HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method);
        Words = TroubleWords.For(status, wasWriting);
        Response.StatusCode = status;

        if (status >= 500)
        {
            Reference = TroubleReference.For(Activity.Current?.Id ?? HttpContext.TraceIdentifier);
            Response.Headers["BBC-Reference"] = Reference;
            if (failure is not null) Failed(log, Reference, Request.Method, failure.Path, failure.Error);
            if (wasWriting) await KeepAsync(failure?.Path ?? refused?.OriginalPath ?? "/", refused?.OriginalQueryString ?? Request.QueryString.Value ?? "");
        }
    }

    private async Task KeepAsync(string path, string query)
    {
        if (!Request.HasFormContentType) return;
        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        RetryUrl = path + query;
        HadFiles = form.Files.Count > 0;
        // A password is the one thing that is not handed back.
        Kept = [.. form
            .Where(f => !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))];
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "{Method} {Path} failed, reference {Reference}")]
    private static partial void Failed(ILogger log, string reference, string method, string path, Exception error);
}
