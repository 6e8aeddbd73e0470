using System.Globalization;
using System.Text.Json;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Demo;

/// <summary>Where the demo's clock shall go, as a form, a query or a JSON body says it.</summary>
internal sealed record ClockRequest(string? To, string? By)
{
    public static async Task<ClockRequest> ReadAsync(HttpContext http, CancellationToken ct)
    {
        Func<string, string?> read = name => http.Request.Query[name];
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(ct);
            read = name => form[name];
        }
        else if (http.Request.HasJsonContentType())
        {
            try
            {
                var body = await http.Request.ReadFromJsonAsync<Dictionary<string, JsonElement>>(ct) ?? [];
                read = name => body.TryGetValue(name, out var value) ? value.ToString() : null;
            }
            catch (JsonException)
            {
                return new ClockRequest(null, null);
            }
        }

        return new ClockRequest(First(read, "to", "now", "at"), First(read, "by", "advance"));
    }

    /// <summary>The instant asked for; null when nothing readable was asked.</summary>
    public DateTimeOffset? Target(DateTimeOffset now, WorkingCalendar calendar)
    {
        if (To is "next-working-day") return HallHours.Default.OpeningOf(calendar.NextWorkingDay(ShanghaiTime.DayOf(now)));
        if (To is { Length: > 0 })
        {
            if (DateOnly.TryParseExact(To, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return HallHours.Default.OpeningOf(day);

            // Without an offset the hall's own time is meant.
            if (!DateTime.TryParse(To, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)) return null;
            return time.Kind is DateTimeKind.Unspecified
                ? new DateTimeOffset(time, ShanghaiTime.Zone.GetUtcOffset(time))
                : DateTimeOffset.TryParse(To, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
        }

        return TimeSpan.TryParse(By, CultureInfo.InvariantCulture, out var span) ? now + span : null;
    }

    private static string? First(Func<string, string?> read, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (read(name) is { Length: > 0 } value) return value.Trim();
        }

        return null;
    }
}
