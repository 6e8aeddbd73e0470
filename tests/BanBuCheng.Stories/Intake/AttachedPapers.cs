using System.Text;
using BanBuCheng.Desk.Attachments;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>带来的材料：看内容认种类，照片里藏着的去掉，查毒，先存下再认领，看得着的人才看得到。</summary>
public sealed class AttachedPapers
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Two pixels' worth of JPEG: JFIF, Exif with a place and “this side up: 6”, a comment, tables, a scan, and something hidden behind its end.</summary>
    private static byte[] Jpeg =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x07, .. "JFIF\0"u8,
        0xFF, 0xE1, 0x00, 0x2C, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, .. "GPS25.60N\0"u8,
        0xFF, 0xFE, 0x00, 0x0A, .. "13800000"u8,
        0xFF, 0xDB, 0x00, 0x04, 1, 2, 0xFF, 0xDA, 0x00, 0x04, 3, 4, 9, 9, 0xFF, 0x00, 9, 0xFF, 0xD9, .. "hidden film"u8,
    ];

    [Fact(DisplayName = "照片：地点、备注、尾巴后面藏的都去掉，图像一个字节不动，哪边朝上还记着")]
    public void A_photograph_keeps_its_picture_and_loses_its_story()
    {
        var clean = ImageMetadata.Strip(FileKind.Jpeg, Jpeg)!;
        var text = Encoding.Latin1.GetString(clean);
        foreach (var told in new[] { "GPS", "13800000", "hidden" }) Assert.DoesNotContain(told, text, StringComparison.Ordinal);
        Assert.Contains("JFIF", text, StringComparison.Ordinal);
        Assert.True(clean.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x01, 0x12, 0x00, 0x03, 0, 0, 0, 1, 0, 6]) > 0);
        Assert.True(clean.AsSpan().EndsWith((ReadOnlySpan<byte>)[0xFF, 0xDA, 0x00, 0x04, 3, 4, 9, 9, 0xFF, 0x00, 9, 0xFF, 0xD9]));
        Assert.Null(ImageMetadata.Strip(FileKind.Jpeg, Jpeg[..30]));
    }

    [Fact(DisplayName = "图片：文字、时间块去掉，画面的块都在；断了的不收")]
    public void A_png_keeps_only_its_picture()
    {
        byte[] png = [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", "0123456789abc"), .. Chunk("tEXt", "Author\0Zhang"), .. Chunk("tIME", "1234567"), .. Chunk("IDAT", "pixels"), .. Chunk("IEND", "")];
        Assert.Equal(FileKind.Png, FileKind.Of(png));
        var text = Encoding.Latin1.GetString(ImageMetadata.Strip(FileKind.Png, png)!);
        Assert.True(text.Contains("IDAT", StringComparison.Ordinal) && !text.Contains("Zhang", StringComparison.Ordinal) && !text.Contains("tIME", StringComparison.Ordinal));
        Assert.Null(ImageMetadata.Strip(FileKind.Png, png[..^6]));

        static byte[] Chunk(string type, string body) => [0, 0, 0, (byte)body.Length, .. Encoding.ASCII.GetBytes(type), .. Encoding.ASCII.GetBytes(body), 0, 0, 0, 0];
    }

    /// <summary>A page, an Info dictionary with what people write there, a packet of XMP, and a cross-reference table that counts bytes.</summary>
    private static byte[] Pdf(string more = "")
    {
        var text = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var body in new[]
        {
            "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
            $"<< /Author (Zhang \\(San\\) (village 3)) /Title <5A68616E6753616E> /Producer 6 0 R /CreationDate (D:20260302090000){more} >>",
            "<< /Type /Metadata /Subtype /XML /Length 96 >> stream\n<?xpacket begin=\"\" id=\"W5M0\"?><x:xmpmeta><dc:creator>ZhangSan</dc:creator></x:xmpmeta><?xpacket end=\"w\"?>\nendstream",
            "(ZhangSan's laptop)",
        })
        {
            places.Add(text.Length);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{places.Count} 0 obj {body} endobj\n");
        }

        var table = text.Length;
        text.Append("xref\n0 7\n0000000000 65535 f \n");
        foreach (var place in places) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer << /Size 7 /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    [Fact(DisplayName = "PDF：作者、标题、软件、时间都盖掉，别的一个字节不动；盖了章的整个不动")]
    public void A_pdf_says_no_longer_who_wrote_it()
    {
        var (before, after) = (Encoding.Latin1.GetString(Pdf()), Encoding.Latin1.GetString(PdfMetadata.Strip(Pdf())));
        Assert.Equal(before.Length, after.Length);
        foreach (var told in new[] { "Zhang", "San", "village", "5A68616E67", "laptop", "D:2026" }) Assert.DoesNotContain(told, after, StringComparison.Ordinal);
        foreach (var shown in new[] { "/MediaBox [0 0 200 200]", "/Kids [3 0 R]", "/Author (", "/Producer 6 0 R", "/Info 4 0 R", "<?xpacket end" }) Assert.Contains(shown, after, StringComparison.Ordinal);
        Assert.Equal(before[before.IndexOf("xref", StringComparison.Ordinal)..], after[after.IndexOf("xref", StringComparison.Ordinal)..]);

        foreach (var sealedOne in new[] { Pdf(" /ByteRange [0 1 2 3]"), Pdf(" /Encrypt 9 0 R") }) Assert.Equal(sealedOne, PdfMetadata.Strip(sealedOne));
        for (var cut = 0; cut < Pdf().Length; cut += 7) Assert.Equal(cut, PdfMetadata.Strip(Pdf()[..cut]).Length);
    }

    [Fact(DisplayName = "OFD：作者、软件、时间去掉，编号留着，别的照旧；签了章的整个不动；断了的不收")]
    public void An_ofd_says_no_longer_who_wrote_it()
    {
        const string Head = "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\" Version=\"1.1\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>a1</ofd:DocID><ofd:Author>ZhangSan</ofd:Author><ofd:CreationDate>2026-03-02</ofd:CreationDate></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{0}</ofd:DocBody></ofd:OFD>";
        var plain = Ofd(Head.Replace("{0}", "", StringComparison.Ordinal));
        Assert.Equal(FileKind.Ofd, FileKind.Of(plain));
        var clean = OfdMetadata.Strip(plain)!;
        Assert.Equal(FileKind.Ofd, FileKind.Of(clean));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(clean));
        using var reader = new StreamReader(zip.GetEntry("OFD.xml")!.Open());
        var told = reader.ReadToEnd();
        Assert.DoesNotContain("ZhangSan", told, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-03-02", told, StringComparison.Ordinal);
        Assert.Contains("<ofd:DocID>a1</ofd:DocID>", told, StringComparison.Ordinal);
        Assert.Contains("Doc_0/Document.xml", told, StringComparison.Ordinal);
        Assert.Equal(2, zip.Entries.Count);

        var signed = Ofd(Head.Replace("{0}", "<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>", StringComparison.Ordinal));
        Assert.Equal(signed, OfdMetadata.Strip(signed));
        Assert.Null(OfdMetadata.Strip(Ofd("<not closed")));
        Assert.Null(OfdMetadata.Strip(plain[..^30]));

        static byte[] Ofd(string head)
        {
            var content = new MemoryStream();
            using (var made = new System.IO.Compression.ZipArchive(content, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, text) in new[] { ("OFD.xml", head), ("Doc_0/Document.xml", "<ofd:Document/>") })
                {
                    using var write = new StreamWriter(made.CreateEntry(name).Open());
                    write.Write(text);
                }
            }

            return content.ToArray();
        }
    }

    [Theory(DisplayName = "名字说是照片，内容不是，就不收")]
    [InlineData("MZ\u0090\0program")]
    [InlineData("<html><script>alert(1)</script>")]
    [InlineData("PK\u0003\u0004not a document")]
    [InlineData("GIF89a")]
    [InlineData("%PDF-")]
    public void What_is_none_of_the_kinds_is_not_taken(string bytes) => Assert.Null(FileKind.Of(Encoding.Latin1.GetBytes(bytes)));

    [Theory(DisplayName = "先存下，受理时认领；重复的只存一份；太大的、有毒的说清楚；看不着这一件的打不开")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Kept_first_and_claimed_by_the_acceptance(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var desk = new AttachmentDesk(hall.Door, new Suspicious());
        var (clerk, key) = (await hall.PersonAsync("贺文静"), Guid.CreateVersion7(hall.Clock.GetUtcNow()));
        Assert.Null(await TakeAsync(clerk, "../户口簿 骆问渠.jpg", Jpeg));
        Assert.Null(await TakeAsync(clerk, "再传一遍.jpg", Jpeg));
        Assert.Contains("病毒", await TakeAsync(clerk, "坏.pdf", [.. "%PDF-1.7 EICAR"u8]), StringComparison.Ordinal);
        Assert.Contains("8MB", await TakeAsync(clerk, "大.pdf", [.. "%PDF-1.7"u8, .. new byte[AttachmentDesk.LargestFile]]), StringComparison.Ordinal);
        Assert.Contains("不是照片", await TakeAsync(clerk, "照片.jpg", [.. "MZ program"u8]), StringComparison.Ordinal);

        var accepted = await hall.DoAsync("贺文静", new AcceptCase(key, HallWork.Form));
        var kept = await hall.ReadAsync(db => db.Attachments.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((accepted.Id, "image/jpeg", "fake 1.0"), (kept.CaseId!.Value, kept.MediaType, kept.Scan));
        var opened = await hall.DoAsync("段小禾", new OpenAttachment(accepted.Id, kept.Id));
        Assert.Equal(("户口簿 骆问渠.jpg", true), (opened.FileName, opened.Content.AsSpan().SequenceEqual(ImageMetadata.Strip(FileKind.Jpeg, Jpeg))));
        Assert.Equal("case.unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("唐河清", new OpenAttachment(accepted.Id, kept.Id)))).Code);
        Assert.Equal("attachment.unknown", (await HallWork.RefusedAsync(() => hall.DoAsync("段小禾", new OpenAttachment(accepted.Id, key)))).Code);

        // 库里既没有文件名，也没有内容
        var stored = await hall.ReadAsync(db => db.AttachmentContents.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(-1, stored.Bytes.AsSpan().IndexOf("JFIF"u8));

        async Task<string?> TakeAsync(Actor actor, string name, byte[] bytes) => await desk.TakeInAsync(key, name, new MemoryStream(bytes), actor, Ct);
    }

    [Fact(DisplayName = "没人认领的，一天以后清掉；认领了的留着")]
    public async Task What_nobody_claims_is_swept()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var desk = new AttachmentDesk(hall.Door, new NoScanner());
        var clerk = await hall.PersonAsync("贺文静");
        var (claimed, loose) = (Guid.CreateVersion7(hall.Clock.GetUtcNow()), Guid.CreateVersion7(hall.Clock.GetUtcNow()));
        foreach (var key in new[] { claimed, loose }) Assert.Null(await desk.TakeInAsync(key, "a.jpg", new MemoryStream(Jpeg), clerk, Ct));
        await hall.DoAsync("贺文静", new AcceptCase(claimed, HallWork.Form));
        await hall.ItIsAsync("2026-03-03 09:01");
        Assert.Null(await desk.TakeInAsync(Guid.CreateVersion7(hall.Clock.GetUtcNow()), "b.jpg", new MemoryStream(Jpeg), clerk, Ct));
        Assert.Equal((2, 2), (await hall.ReadAsync(db => db.Attachments.CountAsync(Ct)), await hall.ReadAsync(db => db.AttachmentContents.CountAsync(Ct))));
        Assert.False(await hall.ReadAsync(db => db.Attachments.AnyAsync(a => a.Key == loose, Ct)));
    }

    private sealed class Suspicious : IAttachmentScanner
    {
        public ValueTask<ScanAnswer> ScanAsync(ReadOnlyMemory<byte> bytes, FileKind kind, CancellationToken ct) =>
            new(new ScanAnswer(bytes.Span.IndexOf("EICAR"u8) < 0, "fake 1.0"));
    }
}
