using Cronos;

namespace BanBuCheng.Engine;

/// <summary>Cron expressions with five fields, or six with the seconds first.</summary>
internal static class CronTimes
{
    public static DateTimeOffset? Next(string expression, DateTimeOffset after, TimeZoneInfo zone)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return CronExpression.Parse(expression, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard).GetNextOccurrence(after, zone)?.ToUniversalTime();
    }
}
