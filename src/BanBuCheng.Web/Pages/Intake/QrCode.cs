using System.Text;
using QRCoder;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>二维码 — one SVG path, drawn with a class and no style, so the strict policy of the pages holds on paper too.</summary>
internal sealed record QrCode(int Size, string Path)
{
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix; // the quiet zone of four modules is inside
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x]) continue;
                var end = x;
                while (end < rows.Count && rows[y][end]) end++;
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h{end - x}v1h-{end - x}z");
                x = end;
            }
        }

        return new QrCode(rows.Count, path.ToString());
    }
}
