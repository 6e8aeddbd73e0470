namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>经过 — what happened, newest first. <paramref name="OlderUrl"/> asks for earlier lines.</summary>
public sealed record Timeline(IReadOnlyList<TimelineItem> Items, string? OlderUrl = null);

/// <summary>
/// One thing that happened: who did what (<paramref name="Who"/> stands bold before <paramref name="What"/>), when in words, and
/// facts in a second line. <paramref name="At"/> is for machines, <paramref name="When"/> for people.
/// </summary>
public sealed record TimelineItem(TimelineMark Mark, string Icon, string? Who, string What, DateTimeOffset At, string When)
{
    public string? Facts { get; init; }
    public IReadOnlyList<Tag> Tags { get; init; } = [];
    public string Css => Mark == TimelineMark.Plain ? "dot" : $"dot dot-{Mark.ToString().ToLowerInvariant()}";
    public string AtIso => At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The point's shape: done, refused, yours, message (square), clock stopped (dashed).</summary>
public enum TimelineMark { Plain, Ok, No, Go, Msg, Stop }
