using System.Globalization;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>Where a box of the flow stands.</summary>
public enum StageState { Later, Done, Now, Maybe, Bad }

/// <summary>One box; the second line is a fact ("9月20日 · 复杂").</summary>
public sealed record StageBox(string Title, string? Fact = null, StageState State = StageState.Later)
{
    public string Css => State switch
    {
        StageState.Done => "done",
        StageState.Now => "now",
        StageState.Maybe => "may",
        StageState.Bad => "bad",
        _ => "later",
    };
}

/// <summary>A box beside the row that some cases pass: between <paramref name="After"/> and <paramref name="Before"/> (positions in the row).</summary>
public sealed record StageDetour(StageBox Box, int After, int Before);

/// <summary>
/// 流程小图 — the row of steps, drawn on the server. <paramref name="Sentence"/> says the whole picture; <paramref name="Next"/> is
/// what phones get below the bar ("接下来：答复送达 → 回访 → 办结"). Steps are drawn as they are given: the flow decides, not this view.
/// </summary>
public sealed record StagePicture(string Id, string Sentence, IReadOnlyList<StageBox> Row, string? Next = null)
{
    public StageDetour? Detour { get; init; }

    public const int Width = 760;
    private const int Gap = 34;

    public int Height => Detour is null ? 62 : 140;
    public double BoxWidth => (Width - 16 - (Gap * (Row.Count - 1.0))) / Row.Count;

    public int NowAt => Math.Max(0, Row.ToList().FindLastIndex(b => b.State is StageState.Now or StageState.Bad or StageState.Done));

    public double Left(int i) => 8 + (i * (BoxWidth + Gap));
    public double Middle(int i) => Left(i) + (BoxWidth / 2);
    public double Right(int i) => Left(i) + BoxWidth;

    /// <summary>SVG wants a point, whatever the culture writes.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
