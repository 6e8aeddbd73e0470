namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>演示大厅的门厅 — the moved clock, how many cases are open, and whom one can be.</summary>
public sealed record RolePicker(string District, DateTimeOffset Now, int OpenCases, IReadOnlyList<RoleCard> Staff, IReadOnlyList<RoleCard> Citizens)
{
    /// <summary>While the invented past is being told: how far ("12/24").</summary>
    public string? Seeding { get; init; }

    /// <summary>拨钟: words and the value posted to <c>/demo/clock</c> as <c>to</c>; empty when the clock cannot be moved.</summary>
    public IReadOnlyList<(string Text, string To)> ClockMoves { get; init; } = [];
}

/// <summary>
/// One role. With <paramref name="Login"/> the card signs in (POST <c>/demo/enter</c>) and goes to <paramref name="Url"/>; without it is a link.
/// </summary>
public sealed record RoleCard(string Icon, string Title, string Text, string Url, string? Login = null)
{
    /// <summary>What waits there: a tag or a due badge.</summary>
    public object? Foot { get; init; }
}
