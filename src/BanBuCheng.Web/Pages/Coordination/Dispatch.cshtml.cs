using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Coordination;

/// <summary>派单目录 — whose which item is. Everybody at work may look it up; the station head writes it.</summary>
internal sealed class DispatchModel(DeskDb db, TimeProvider clock, StepDoor door) : StepPage(door)
{
    /// <summary>One page; who looks for something writes a word of it.</summary>
    public const int PageSize = 50;

    /// <summary>Words of an item to look for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Where the page before ended: the instant its last entry was written, in ticks, and that entry's item key.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    [BindProperty]
    public string? Unit { get; set; }

    [BindProperty]
    public string? Basis { get; set; }

    /// <summary>The entry that the form was filled in against; null: none stood.</summary>
    [BindProperty]
    public Guid? Instead { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public IReadOnlyList<DispatchRule> Rules { get; private set; } = [];
    public string? Next { get; private set; }

    /// <summary>The entry of <see cref="Item"/>, when it has one, and what stood before, newest first.</summary>
    public DispatchRule? Standing { get; private set; }
    public IReadOnlyList<DispatchRule> Earlier { get; private set; } = [];
    public IReadOnlyDictionary<string, OfficeUnit> Units { get; private set; } = new Dictionary<string, OfficeUnit>();
    public DateOnly Today { get; private set; }
    public bool MayWrite => Actor.Is(Roles.StationHead);
    public string NameOf(string unit) => Units.TryGetValue(unit, out var known) ? known.Name : unit;
    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Standing is null) return;
        Unit = Standing.UnitCode;
        Basis = Standing.Basis;
        Instead = Standing.Id;
    }

    public async Task<IActionResult> OnPostSetAsync(CancellationToken ct) => await DoAsync(new SetDispatchRule(Item ?? "", Unit ?? "", Basis ?? "", Instead), ct);

    public async Task<IActionResult> OnPostEndAsync(CancellationToken ct) => await DoAsync(new EndDispatchRule(Instead ?? default, Why ?? ""), ct);

    private async Task<IActionResult> DoAsync<T>(IStep<T> step, CancellationToken ct)
    {
        if ((await TryAsync(step, "", ct)).Done) return RedirectToPage(new { Item, Q });
        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Today = clock.Today();
        Units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, ct);
        var rules = db.DispatchRules.AsNoTracking().Where(r => r.EndedAt == null);
        if (DispatchRule.KeyOf(Q ?? "") is { Length: > 0 } words) rules = rules.Where(r => r.ItemKey.Contains(words));
        if (Before is > 0 and < 3155378975999999999 and { } ticks)
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            var key = Key ?? "";
#pragma warning disable CA1309, CA1310 // The database compares, by the order in which it sorts.
            rules = rules.Where(r => r.SetAt < at || (r.SetAt == at && string.Compare(r.ItemKey, key) > 0));
#pragma warning restore CA1309, CA1310
        }

        var page = await rules.OrderByDescending(r => r.SetAt).ThenBy(r => r.ItemKey).Take(PageSize + 1).ToListAsync(ct);
        Next = page.Count > PageSize ? $"before={page[PageSize - 1].SetAt.UtcTicks}&key={Uri.EscapeDataString(page[PageSize - 1].ItemKey)}" : null;
        Rules = [.. page.Take(PageSize)];
        if (DispatchRule.KeyOf(Item ?? "") is not { Length: > 0 } asked) return;
        var all = await db.DispatchRules.AsNoTracking().Where(r => r.ItemKey == asked).OrderByDescending(r => r.SetAt).ThenByDescending(r => r.Id).Take(PageSize).ToListAsync(ct);
        Standing = all.Find(r => r.EndedAt is null);
        Earlier = [.. all.Where(r => r.EndedAt is not null)];
    }
}
