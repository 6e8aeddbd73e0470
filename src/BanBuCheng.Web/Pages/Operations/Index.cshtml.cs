using System.Globalization;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>运维 — what broke in running flows, what nobody looks after, which events nobody heard.</summary>
internal sealed class IndexModel(DeskDb db, FlowOperations operations, TimeProvider clock) : PageModel
{
    private const int Look = 2_000;

    public IReadOnlyList<TroubleLine> Troubles { get; private set; } = [];
    public IReadOnlyList<ServiceCase> Abandoned { get; private set; } = [];
    public IReadOnlyList<FlowInstanceRow> Stuck { get; private set; } = [];
    public IReadOnlyList<KeptRow> Kept { get; private set; } = [];
    public string? NextUrl { get; private set; }
    public bool Continued { get; private set; }

    public async Task OnGetAsync(string? after, CancellationToken ct)
    {
        var (at, id) = Key(after);
        Continued = at is not null;
        var rows = await TroubleList.OpenAsync(db, at, id, ct);
        var lines = new List<TroubleLine>();
        foreach (var row in rows.Take(TroubleList.PageSize))
            if (await operations.LookAsync(row.Id, ct) is { } trouble)
                lines.Add(new(row, trouble.FlowName, OperationWords.Place(trouble.Place), OperationWords.Trouble(row.Type, row.Message), Moment(row.At)));
        Troubles = lines;
        if (rows.Count > TroubleList.PageSize && rows[TroubleList.PageSize - 1] is { } last)
            NextUrl = $"/operations?after={last.At.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{last.Id:N}";
        if (Continued) return;
        Abandoned = (await TroubleList.AbandonedAsync(db, null, Look, ct)).Found;
        Stuck = (await FlowHealth.StuckAsync(db, 0, 1_000_000, ct)).Found;
        Kept = await TroubleList.KeptAsync(db, ct);
    }

    public string Moment(DateTimeOffset at) => Say.Moment(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone), clock.Today());

    public bool IsOver(KeptRow kept) => kept.KeepUntil <= clock.GetUtcNow();

    private static (DateTimeOffset?, Guid) Key(string? after) =>
        after?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks
            && Guid.TryParse(id, out var key) ? (new DateTimeOffset(at, TimeSpan.Zero), key) : (null, Guid.Empty);
}

internal sealed record TroubleLine(TroubleRow Row, string FlowName, string Place, string What, string At);
