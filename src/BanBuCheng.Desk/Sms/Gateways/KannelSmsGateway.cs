using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>
/// Kannel 网关 — submits to an smsbox. Everything travels in headers and body, never in the address, which servers and proxies like to
/// log. Kannel does not know repeated ids: after a crash in the middle of a hand-over a citizen may get a text twice. Of a text that is cut
/// it reports one part for all, so a notice of legal weight should fit one segment (<see cref="SmsLength"/>).
/// </summary>
public sealed class KannelSmsGateway(HttpClient http, IOptions<SmsOptions> options, SmsReportSeal seal) : ISmsGateway
{
    public const string GatewayName = "Kannel";

    public string Name => GatewayName;

    public async Task<SmsHandOver> SendAsync(SmsMessage message, CancellationToken ct)
    {
        var kannel = options.Value.Kannel;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(kannel.TimeoutSeconds));
        try
        {
            using var request = Request(message, kannel);
            using var response = await http.SendAsync(request, timeout.Token);
            return Understand(response.StatusCode, await response.Content.ReadAsStringAsync(timeout.Token), message.Id);
        }
        catch (HttpRequestException)
        {
            return new SmsHandOver.TryLater("kannel.unreachable");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SmsHandOver.TryLater("kannel.timeout");
        }
    }

    private HttpRequestMessage Request(SmsMessage message, KannelOptions kannel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, kannel.SendUrl)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Text)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8");
        request.Headers.Add("X-Kannel-Username", kannel.Username);
        request.Headers.Add("X-Kannel-Password", kannel.Password);
        request.Headers.Add("X-Kannel-To", message.Phone);
        request.Headers.Add("X-Kannel-Coding", "2"); // UCS-2: Chinese
        request.Headers.Add("X-Kannel-DLR-Mask", "31");
        request.Headers.Add("X-Kannel-DLR-Url", $"{kannel.ReportUrl}?id={message.Id:N}&token={seal.For(message.Id)}&{KannelReport.Placeholders}");
        return request;
    }

    private static SmsHandOver Understand(HttpStatusCode status, string body, Guid id) => status switch
    {
        // "0: Accepted for delivery" and "3: Queued for later delivery" are the same to us: Kannel has it on its books.
        HttpStatusCode.Accepted or HttpStatusCode.OK => new SmsHandOver.Accepted(id.ToString("N")),
        HttpStatusCode.BadRequest => new SmsHandOver.Refused("kannel.bad-request"),
        // 403 says three things. A wrong password is ours to mend, and no reason to give a citizen's message up.
        HttpStatusCode.Forbidden when body.Contains("Authorization failed", StringComparison.OrdinalIgnoreCase) => new SmsHandOver.TryLater("kannel.not-authorised"),
        HttpStatusCode.Forbidden => new SmsHandOver.Refused("kannel.not-routable"),
        _ => new SmsHandOver.TryLater($"kannel.http-{(int)status}"),
    };
}
