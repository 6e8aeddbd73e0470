using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Sms;

/// <summary>Where a gateway's delivery reports come in. Signed per message; an unsigned one gets 404 and no more.</summary>
internal static class SmsReportEndpoint
{
    public static void MapSmsReports(this WebApplication app) =>
        app.MapGet("/sms/report", async (HttpContext http, SmsReportSeal seal, StepDoor door, CancellationToken ct) =>
        {
            var report = KannelReport.Read(name => http.Request.Query[name], seal);
            if (report is null) return Results.NotFound();
            try
            {
                // "With the carrier" is not delivery: nothing to book.
                if (report.Progress is SmsProgress.Delivered or SmsProgress.Failed)
                    await door.SendAsync(new RecordSmsReport(new SmsId(report.Id), report.Progress is SmsProgress.Delivered, report.Code ?? ""), Actor.Gateway, ct);
                return Results.Text("ok");
            }
            catch (RefusedException)
            {
                return Results.NotFound();
            }
        });
}
