using System.Text;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Steps;

/// <summary>群众的姓名、电话、身份证号和查询码：库里看不见，日志里没有。</summary>
public sealed class PersonalDataStaysSealed
{
    private const string Name = "尉迟问渠", Phone = "10033557799", IdNumber = "11010519491231002X", Story = "我这个事跑断了腿也没人管，只好来这里说。";

    [Theory(DisplayName = "一件从受理到答复，库里和日志里都找不到群众的姓名、电话、身份证号和查询码")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Neither_the_database_nor_the_log_tells(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync(HallWork.Form with { ApplicantName = Name, Phone = Phone, IdNumber = IdNumber, Story = Story });
        await hall.ItIsAsync("2026-03-02 09:30");
        var code = (await hall.MessagesAsync(accepted.Number)).Single().Split("查询码")[1][..6];
        Assert.NotNull(await hall.LooksUpAsync(accepted.Number, code));
        await hall.ComesToDraftingAsync(accepted.Number);
        await hall.DraftsAsync(accepted.Number);
        await hall.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的。"));
        await hall.ItIsAsync("2026-03-02 11:00");

        var stored = await StoredAsync(hall, database);
        Assert.Contains(accepted.Number, stored, StringComparison.Ordinal); // what is not secret is found, so the look itself works
        Assert.Contains(Story, stored, StringComparison.Ordinal);
        foreach (var secret in new[] { Name, Phone, IdNumber, $"查询码{code}", $"\"{code}\"" }) Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);

        var log = string.Join('\n', hall.Log.Lines);
        Assert.Contains("CompleteTask", log, StringComparison.Ordinal);
        foreach (var secret in new[] { Name, Phone, IdNumber, code, Story }) Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "凭电话找得到办件，写法不同也一样")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_blind_index_finds_by_phone(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync(HallWork.Form with { Phone = "+86 100-3355-7799" });
        await hall.AcceptsAsync();

        var cipher = hall.Services.GetRequiredService<FieldCipher>();
        var index = cipher.BlindIndex("phone", Phone);
        Assert.Equal([accepted.Number], await hall.ReadAsync(db => db.Cases.Where(c => c.PhoneIndex == index).Select(c => c.Number).ToListAsync(TestContext.Current.CancellationToken)));
        Assert.NotEqual(index, cipher.BlindIndex("id-number", Phone));
    }

    /// <summary>Everything the database holds, as somebody would read it who took the disk away.</summary>
    private static async Task<string> StoredAsync(Hall hall, Database database)
    {
        var ct = TestContext.Current.CancellationToken;
        if (database is Database.Sqlite)
        {
            var all = new StringBuilder();
            foreach (var file in Directory.EnumerateFiles(hall.DataFolder, "desk.db*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, Encoding.UTF8);
                all.Append(await reader.ReadToEndAsync(ct));
            }

            return all.ToString();
        }

        return await hall.ReadAsync(async db =>
        {
            var tables = await db.Database.SqlQuery<string>($"SELECT table_name AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public'").ToListAsync(ct);
            var all = new StringBuilder();
            foreach (var table in tables)
            {
#pragma warning disable EF1002 // Names out of the database's own catalogue.
                foreach (var row in await db.Database.SqlQueryRaw<string>($"SELECT row_to_json(t)::text AS \"Value\" FROM \"{table}\" t").ToListAsync(ct)) all.AppendLine(row);
#pragma warning restore EF1002
            }

            return all.ToString().Replace("\\\"", "\"", StringComparison.Ordinal);
        });
    }
}
