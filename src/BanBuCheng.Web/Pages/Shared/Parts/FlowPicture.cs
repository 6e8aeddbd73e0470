using System.Globalization;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>
/// 流程图 — a flow as its document draws it, made on the server: boxes where the designer put them, lines from port to box, marks by
/// activity id and by connection. <paramref name="Sentence"/> says the whole picture; a list in words stands under it.
/// <c>&lt;part of='FlowPicture.Of("way", document) with { Marks = … }' /&gt;</c>
/// </summary>
public sealed record FlowPicture(string Id, string Sentence, FlowShape Shape)
{
    /// <summary>By activity id.</summary>
    public IReadOnlyDictionary<string, FlowMark> Marks { get; init; } = new Dictionary<string, FlowMark>();

    /// <summary>By (source, port, target); a port that is not written is <c>Done</c>.</summary>
    public IReadOnlyDictionary<(string From, string Port, string To), FlowMark> LineMarks { get; init; } = new Dictionary<(string, string, string), FlowMark>();

    /// <summary>A box may lead to a page: by activity id.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the list in words is there; a page that says the same beside the picture leaves it out.</summary>
    public bool InWords { get; init; } = true;

    public static FlowPicture Of(string id, FlowDocument document) => new(id, $"流程图：{document.Name ?? document.DefinitionId}", FlowShape.Of(document));

    public FlowMark MarkOf(FlowBox box) => Marks.GetValueOrDefault(box.Id);

    public FlowMark MarkOf(FlowLine line) => LineMarks.GetValueOrDefault((line.From, line.Port, line.To));

    /// <summary>The marks that are to be seen, for the legend.</summary>
    public IEnumerable<FlowMark> Seen => Marks.Where(m => Shape.Boxes.Any(b => b.Id == m.Key)).Select(m => m.Value).Concat(LineMarks.Values).Where(m => m is not FlowMark.None).Distinct().Order();

    /// <summary>The words under the picture: from left to right, each box with what can follow.</summary>
    public IEnumerable<string> Told()
    {
        var captions = Shape.Boxes.ToDictionary(b => b.Id, b => b.Caption, StringComparer.Ordinal);
        foreach (var box in Shape.Boxes.OrderBy(b => b.X).ThenBy(b => b.Y))
        {
            var ways = Shape.Lines.Where(l => l.From == box.Id).Select(l => $"{(l.Label.Length > 0 ? $"“{l.Label}”到" : "到")}{captions.GetValueOrDefault(l.To, l.To)}{Bracketed(MarkOf(l))}").ToList();
            yield return $"{box.Caption}{Bracketed(MarkOf(box))}{(ways.Count > 0 ? $"：{string.Join("，", ways)}" : "")}";
        }
    }

    private static string Bracketed(FlowMark mark) => mark is FlowMark.None ? "" : $"（{mark.Words()}）";

    public FlowDrawing Draw() => FlowDrawing.Of(this);

    /// <summary>SVG wants a point, whatever the culture writes.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
