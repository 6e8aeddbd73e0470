using System.Globalization;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>A flow's picture as numbers: where each box, line and word stands. The view only writes them down.</summary>
public sealed record FlowDrawing(double Left, double Top, double Width, double Height, IReadOnlyList<DrawnBox> Boxes, IReadOnlyList<DrawnLine> Lines)
{
    /// <summary>Drawn units to pixels: a caption of 22 units is 13 pixels high.</summary>
    public const double Scale = 0.6;

    /// <summary>Wider apart than in the designer, so that the ports' names have room between the boxes.</summary>
    private const double Stretch = 1.35;
    private const double Margin = 40, Lowest = 60, LetterHeight = 22, SmallHeight = 19, Gap = 34;

    public static FlowDrawing Of(FlowPicture picture)
    {
        List<FlowBox> boxes = [.. picture.Shape.Boxes.Select(Spread)];
        if (boxes.Count == 0) return new(0, 0, 1, 1, [], []);
        var at = boxes.ToDictionary(b => b.Id, StringComparer.Ordinal);
        var lines = picture.Shape.Lines.Where(l => at.ContainsKey(l.From) && at.ContainsKey(l.To))
            .Select(l => Route(l, at[l.From], at[l.To], boxes, picture.MarkOf(l))).ToList();
        var left = Math.Min(boxes.Min(b => b.X), lines.Select(l => l.Left).DefaultIfEmpty(double.MaxValue).Min()) - Margin;
        var top = Math.Min(boxes.Min(b => b.Y) - 30, lines.Select(l => l.Top).DefaultIfEmpty(double.MaxValue).Min()) - Margin;
        var right = Math.Max(boxes.Max(b => b.Right), lines.Select(l => l.Right).DefaultIfEmpty(double.MinValue).Max()) + Margin;
        var bottom = Math.Max(boxes.Max(b => b.Bottom), lines.Select(l => l.Bottom).DefaultIfEmpty(double.MinValue).Max()) + Margin;
        return new(left, top, right - left, bottom - top, [.. boxes.Select(b => new DrawnBox(b, picture.MarkOf(b), Broken(b.Caption, b.Width)))], lines);
    }

    private static FlowBox Spread(FlowBox box) =>
        box with { X = box.X * Stretch, Y = box.Height < Lowest ? box.Y - ((Lowest - box.Height) / 2) : box.Y, Height = Math.Max(box.Height, Lowest) };

    private static DrawnLine Route(FlowLine line, FlowBox from, FlowBox to, List<FlowBox> boxes, FlowMark mark)
    {
        if (line.Corners.Count > 0) return ThroughCorners(line, from, to, mark);
        if (to.X >= from.Right) return Ahead(line, from, to, boxes, mark);
        return Back(line, from, to, boxes, mark);
    }

    /// <summary>Out at the right, in at the left; over a box that would be in the way.</summary>
    private static DrawnLine Ahead(FlowLine line, FlowBox from, FlowBox to, List<FlowBox> boxes, FlowMark mark)
    {
        var (x1, y1, x2, y2) = (from.Right, from.Centre, to.X, to.Centre);
        var blocking = boxes.Where(b => b != from && b != to && Crosses(b, x1, y1, x2, y2)).ToList();
        if (blocking.Count == 0)
        {
            // The words stand nearer to where the lines part, so that those of one box do not lie on each other.
            var bend = Math.Max(30, (x2 - x1) / 2);
            var (x, y) = ((x1 + Math.Min(x2, x1 + 220)) / 2, y1 + ((y2 - y1) * Fraction(x1, x2)));
            return new(line, mark, $"M{N(x1)} {N(y1)}C{N(x1 + bend)} {N(y1)} {N(x2 - bend)} {N(y2)} {N(x2)} {N(y2)}", x, y + (y2 > y1 ? 24 : -9), Math.Min(y1, y2), Math.Max(y1, y2), x1, x2);
        }

        var over = Math.Min(blocking.Min(b => b.Y), Math.Min(from.Y, to.Y)) - Gap;
        return new(line, mark, $"M{N(x1)} {N(y1)}C{N(x1 + 40)} {N(y1)} {N(x1 + 10)} {N(over)} {N(x1 + 70)} {N(over)}H{N(x2 - 70)}C{N(x2 - 10)} {N(over)} {N(x2 - 40)} {N(y2)} {N(x2)} {N(y2)}",
            (x1 + x2) / 2, over - 8, over - 24, Math.Max(y1, y2), x1, x2);
    }

    /// <summary>A way back goes over everything between its two ends.</summary>
    private static DrawnLine Back(FlowLine line, FlowBox from, FlowBox to, List<FlowBox> boxes, FlowMark mark)
    {
        var (low, high) = (Math.Min(from.X, to.X) - 10, Math.Max(from.Right, to.Right) + 10);
        var over = boxes.Where(b => b.Right > low && b.X < high && b.Y <= Math.Max(from.Bottom, to.Bottom)).Min(b => b.Y) - Gap;
        return new(line, mark, $"M{N(from.Middle)} {N(from.Y)}V{N(over + 12)}Q{N(from.Middle)} {N(over)} {N(from.Middle - 12)} {N(over)}H{N(to.Middle + 12)}Q{N(to.Middle)} {N(over)} {N(to.Middle)} {N(over + 12)}V{N(to.Y)}",
            (from.Middle + to.Middle) / 2, over - 8, over - 24, Math.Max(from.Y, to.Y), Math.Min(from.Middle, to.Middle), Math.Max(from.Middle, to.Middle));
    }

    private static DrawnLine ThroughCorners(FlowLine line, FlowBox from, FlowBox to, FlowMark mark)
    {
        List<(double X, double Y)> corners = [.. line.Corners.Select(c => (c.X * Stretch, c.Y))];
        var (start, end) = (Leaving(from, corners, 0), Leaving(to, corners, corners.Count - 1));
        List<(double X, double Y)> all = [start, .. corners, end];
        var course = string.Concat(all.Select((p, i) => $"{(i == 0 ? "M" : "L")}{N(p.X)} {N(p.Y)}"));
        var longest = Enumerable.Range(1, all.Count - 1).MaxBy(i => Math.Abs(all[i].X - all[i - 1].X));
        return new(line, mark, course, (all[longest].X + all[longest - 1].X) / 2, Math.Min(all[longest].Y, all[longest - 1].Y) - 8, all.Min(p => p.Y) - 24, all.Max(p => p.Y), all.Min(p => p.X), all.Max(p => p.X));
    }

    /// <summary>Straight up or down from a box whose corner lies above or below it, else from the side that faces the corner.</summary>
    private static (double X, double Y) Leaving(FlowBox box, List<(double X, double Y)> corners, int corner)
    {
        var (x, y) = corners[corner];
        if (x < box.X - 40) return (box.X, box.Centre);
        if (x > box.Right + 40) return (box.Right, box.Centre);
        corners[corner] = (box.Middle, y);
        return (box.Middle, y < box.Y ? box.Y : box.Bottom);
    }

    private static bool Crosses(FlowBox box, double x1, double y1, double x2, double y2)
    {
        if (box.X >= x2 || box.Right <= x1) return false;
        double Height(double x) => y1 + ((y2 - y1) * ((x - x1) / (x2 - x1)));
        var (a, b) = (Height(Math.Max(box.X, x1)), Height(Math.Min(box.Right, x2)));
        return Math.Max(a, b) > box.Y && Math.Min(a, b) < box.Bottom;
    }

    /// <summary>How far along the curve the words stand.</summary>
    private static double Fraction(double x1, double x2) => x2 - x1 <= 220 ? 0.5 : 110 / (x2 - x1) / 2;

    /// <summary>At most two lines; what does not fit ends in dots, the whole stands in the box's title.</summary>
    private static string[] Broken(string caption, double width)
    {
        var room = (width - 16) / LetterHeight;
        if (Ems(caption) <= room) return [caption];
        room = (width - 16) / SmallHeight;
        var first = Fitting(caption, room);
        var rest = caption[first..];
        return Ems(rest) <= room ? [caption[..first], rest] : [caption[..first], $"{rest[..Fitting(rest, room - 1)]}…"];
    }

    private static int Fitting(string text, double ems)
    {
        var end = 0;
        while (end < text.Length && Ems(text[..(end + 1)]) <= ems) end++;
        return end < text.Length && end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : Math.Max(end, 1);
    }

    private static double Ems(string text) => text.Sum(c => c < 0x2000 ? 0.56 : 1);

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>One box with its caption in one or two lines.</summary>
public sealed record DrawnBox(FlowBox Box, FlowMark Mark, string[] Caption)
{
    public string Css => $"{Box.Kind.ToString().ToLowerInvariant()} {Mark.Css()}".TrimEnd();

    /// <summary>Turns of the way have round ends, people's work and flows have corners.</summary>
    public double Rounding => Box.Kind is FlowBoxKind.Turn ? Box.Height / 2 : 10;

    public double LineAt(int i) => Caption.Length == 1 ? Box.Centre + 8 : Box.Centre - 4 + (i * 23);
}

/// <summary>One line: its course, where its words stand, and how far it reaches.</summary>
public sealed record DrawnLine(FlowLine Line, FlowMark Mark, string Course, double X, double Y, double Top, double Bottom, double Left, double Right);
