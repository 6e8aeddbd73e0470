using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.Flows;

/// <summary>The main flow as its document draws it: boxes where the designer put them, lines from port to box. Nothing is drawn by hand.</summary>
public sealed class FlowPicture
{
    private const double Scale = 0.6;

    [Fact(DisplayName = "主流程画得出来：每一步都在图上，没有两步叠在一起")]
    public async Task The_main_flow_is_drawn_from_its_document()
    {
        var file = Path.Combine(Path.GetDirectoryName(Site.Program())!, "workflows", "case-handling.json");
        var root = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["root"]!;
        var boxes = root["activities"]!.AsArray().Select(a => new Box(a!)).ToDictionary(b => b.Id);
        var lines = root["connections"]!.AsArray().Select(c => new Line(boxes[c!["source"]!["activity"]!.ToString()], boxes[c["target"]!["activity"]!.ToString()], c["source"]!["port"]!.ToString())).ToList();

        Assert.All(boxes.Values, box => Assert.Single(boxes.Values, other => other.Overlaps(box)));
        Assert.All(boxes.Values, box => Assert.True(box.Type is "Elsa.Start" or "BanBuCheng.CloseCase" ? lines.Exists(l => l.From == box || l.To == box) : lines.Exists(l => l.From == box) && lines.Exists(l => l.To == box), box.Title));

        var svg = Draw([.. boxes.Values], lines);
        if (Pictures.Folder is not { } folder) return;
        await File.WriteAllTextAsync(Path.Combine(folder, "flow-case-handling.svg"), svg, TestContext.Current.CancellationToken);
        var page = await (await Chromium.SharedAsync()).NewPageAsync();
        await page.SetContentAsync($"<html lang='zh-CN'><style>body{{margin:0}}svg{{display:block}}</style>{svg}</html>");
        await page.SetViewportSizeAsync(await page.EvaluateAsync<int>("Math.ceil(document.querySelector('svg').getBoundingClientRect().width)"), 400);
        await Pictures.TakeAsync(page, "flow-case-handling");
        await page.Context.CloseAsync();
    }

    private static string Draw(List<Box> boxes, List<Line> lines)
    {
        var (left, top) = (boxes.Min(b => b.X) - 40, boxes.Min(b => b.Y) - 40);
        var (right, bottom) = (boxes.Max(b => b.X + b.Width) + 40, boxes.Max(b => b.Y + b.Height) + 40);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns='http://www.w3.org/2000/svg' width='{(right - left) * Scale}' height='{(bottom - top) * Scale}' viewBox='{left} {top} {right - left} {bottom - top}' font-family='PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif' font-size='22'>\n");
        svg.Append("<title>办件主流程</title><defs><marker id='end' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' markerHeight='7' orient='auto'><path d='M0 0 8 4 0 8z' fill='#7a8087'/></marker></defs>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x='{left}' y='{top}' width='{right - left}' height='{bottom - top}' fill='#f5f4ef'/>\n");
        foreach (var line in lines) svg.Append(line.Draw(lines.Count(l => l.From == line.From) > 1));
        foreach (var box in boxes) svg.Append(box.Draw());
        return svg.Append("</svg>\n").ToString();
    }

    private static string Escaped(string text) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text);

    private sealed record Box(string Id, string Type, string Title, double X, double Y, double Width, double Height)
    {
        public Box(JsonNode activity)
            : this(activity["id"]!.ToString(), activity["type"]!.ToString(), activity["metadata"]!["displayText"]!.ToString(), At(activity, "position", "x"), At(activity, "position", "y"), At(activity, "size", "width"), At(activity, "size", "height"))
        {
        }

        public bool Overlaps(Box other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;

        /// <summary>Whole flows are filled, people's work is outlined in the brand's colour, the rest is plain.</summary>
        public string Draw()
        {
            var inside = !Type.Contains('.', StringComparison.Ordinal);
            var people = Type is "BanBuCheng.HumanTask" or "BanBuCheng.DeliverReply";
            var (fill, stroke, ink) = inside ? ("#0e5a6f", "#0e5a6f", "#fff") : people ? ("#e2eff2", "#0e5a6f", "#0e5a6f") : ("#fff", "#7a8087", "#1b2530");
            return string.Create(CultureInfo.InvariantCulture, $"<rect x='{X}' y='{Y}' width='{Width}' height='{Height}' rx='{(Type.StartsWith("Elsa.Flow", StringComparison.Ordinal) ? Height / 2 : 10)}' fill='{fill}' stroke='{stroke}' stroke-width='2'/><text x='{X + Width / 2}' y='{Y + Height / 2 + 8}' text-anchor='middle' fill='{ink}'>{Escaped(Title)}</text>\n");
        }

        private static double At(JsonNode activity, string what, string side) => activity["metadata"]!["designer"]![what]![side]!.GetValue<double>();
    }

    private sealed record Line(Box From, Box To, string Port)
    {
        /// <summary>Out at the right, in at the left, with the port's name where a box has several ways out.</summary>
        public string Draw(bool named)
        {
            var (x1, y1, x2, y2) = (From.X + From.Width, From.Y + From.Height / 2, To.X, To.Y + To.Height / 2);
            var bend = Math.Max(30, (x2 - x1) / 2);
            var path = string.Create(CultureInfo.InvariantCulture, $"<path d='M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}' fill='none' stroke='#7a8087' stroke-width='2' marker-end='url(#end)'/>");
            if (!named) return path + "\n";
            // Nearer to where the lines part, so that the words of one box do not lie on each other.
            var (x, y) = (x1 + (x2 - x1) * 0.5, y1 + (y2 - y1) * 0.5);
            return path + string.Create(CultureInfo.InvariantCulture, $"<text x='{x}' y='{y + (y2 < y1 ? -8 : y2 > y1 ? 24 : -8)}' text-anchor='middle' fill='#4a5663' font-size='18' paint-order='stroke' stroke='#f5f4ef' stroke-width='5'>{Escaped(Words(Port))}</text>\n");
        }

        private static string Words(string port) => port switch { "True" => "是", "False" => "不是", "Done" => "办完", "Delivered" => "送到了", _ => port };
    }
}
