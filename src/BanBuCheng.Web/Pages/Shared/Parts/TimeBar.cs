using System.Globalization;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Offices;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>时间条 — whose hands the working time was in: one bar, and under it the same in words and figures.</summary>
public sealed record TimeBar(IReadOnlyList<TimeBar.Share> Shares, int Minutes, int DayMinutes)
{
    /// <param name="Css">holder-window, holder-unit …; the words beside it say the same.</param>
    public sealed record Share(string Name, int Minutes, string Css, double Left, double Width);

    public const double Width = 600;

    public static TimeBar? Of(TimeLedger ledger, IReadOnlyDictionary<string, OfficeUnit> units, int dayMinutes)
    {
        var minutes = ledger.Shares.Sum(s => s.Minutes);
        if (minutes == 0) return null;
        var shares = new List<Share>();
        var left = 0.0;
        foreach (var (holder, unit, had) in ledger.Shares)
        {
            var width = Width * had / minutes;
            shares.Add(new Share(NameOf(holder, unit, units), had, "holder-" + holder.ToString().ToLowerInvariant(), left, width));
            left += width;
        }

        return new TimeBar(shares, minutes, dayMinutes);
    }

    public static string NameOf(TimeHolder holder, string? unit, IReadOnlyDictionary<string, OfficeUnit> units) => holder switch
    {
        TimeHolder.Citizen => "等群众补材料",
        TimeHolder.Procedure => "法定程序",
        TimeHolder.Window => "窗口",
        TimeHolder.Station => "服务站",
        TimeHolder.Committee => "联合党委",
        _ => unit is not null && units.TryGetValue(unit, out var known) ? known.Name : unit ?? "部门",
    };

    /// <summary>2小时05分；一天以上的，另说合几个工作日.</summary>
    public string Spoken(int minutes)
    {
        var words = minutes < 60 ? $"{minutes}分钟" : $"{minutes / 60}小时{(minutes % 60 == 0 ? "" : $"{minutes % 60:00}分")}";
        return minutes >= DayMinutes ? $"{words}，合{(minutes / (double)DayMinutes).ToString("0.#", CultureInfo.InvariantCulture)}个工作日" : words;
    }

    public int Percent(int minutes) => (int)Math.Round(100.0 * minutes / Minutes);

    public static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
