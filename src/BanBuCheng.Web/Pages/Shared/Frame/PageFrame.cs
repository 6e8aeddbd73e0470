namespace BanBuCheng.Web.Pages.Shared.Frame;

/// <summary>What stands around every page: whose hall it is, who is working, the demo's clock, where one can go.</summary>
public sealed record PageFrame
{
    /// <summary>The district, "青屏区".</summary>
    public required string District { get; init; }

    /// <summary>The hall's help telephone, in the same place on every citizen page.</summary>
    public required string HelpPhone { get; init; }

    public FramePerson? Person { get; init; }

    /// <summary>The moved clock in the hall's time; null outside a demo hall.</summary>
    public DateTimeOffset? DemoNow { get; init; }

    public IReadOnlyList<MenuEntry> Menu { get; init; } = [];

    /// <summary>Single-letter keys can be turned off in the profile (WCAG 2.1.4).</summary>
    public bool LetterKeys { get; init; } = true;

    /// <summary>Which entry one stands in: the longest that fits, so that a page below another entry's address lights one only.</summary>
    public MenuEntry? Here(PathString path) => Menu.Where(entry => entry.Holds(path)).MaxBy(entry => entry.Url.Length);

    public string Window => $"{District}“办不成事”窗口";
    public string Service => $"{District}政务服务";
    public string HelpPhoneLink => "tel:" + new string([.. HelpPhone.Where(char.IsAsciiDigit)]);
}

/// <summary>Who is signed in, with unit and post ("服务站 · 研判岗").</summary>
public sealed record FramePerson(string Name, string Post)
{
    public string Face => Name.Length == 0 ? "？" : Name[..1];
}

/// <summary>One entry of the main menu. <paramref name="Url"/> is also the prefix under which it counts as "here", and <paramref name="Also"/> another one; <paramref name="Key"/> opens it from everywhere.</summary>
public sealed record MenuEntry(string Text, string Url, string Icon, string? Also = null, string? Key = null)
{
    public bool Holds(PathString path) => path.StartsWithSegments(Url, StringComparison.Ordinal) || (Also is { } also && path.StartsWithSegments(also, StringComparison.Ordinal));
}
