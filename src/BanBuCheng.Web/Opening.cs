using System.Security.Cryptography;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Commands;
using BanBuCheng.Web.Demo;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web;

/// <summary>开门 — what happens between starting the program and opening the doors: schema, demo or real, people, flows.</summary>
internal static class Opening
{
    /// <exception cref="WrongUseException">The addresses and the kind of hall do not fit together (exit 2).</exception>
    public static async Task PrepareAsync(WebApplication app, HostMode mode, CancellationToken ct)
    {
        await DatabaseUpgrade.RunAsync(app.Services, ct);
        var kind = app.Services.GetRequiredService<HallKind>();
        var door = app.Services.GetRequiredService<StepDoor>();
        await SameKeyAsync(app.Services, door, ct);
        var known = await FactAsync(app.Services, DeskFacts.Hall, ct);
        var loopback = Addresses(app, mode).All(Loopback.Is);

        if (known is null)
        {
            if (!loopback && !mode.NoDemo)
                throw new WrongUseException("监听的不只是本机地址。演示大厅没有密码，只能开在本机；要开真实大厅，请加 --no-demo。");
            known = mode.NoDemo ? "real" : "demo";
            await door.SendAsync(new SetFact(DeskFacts.Hall, known), Actor.Clock, ct);
        }
        else if (known == "demo" && (mode.NoDemo || !loopback))
        {
            throw new WrongUseException(mode.NoDemo
                ? "这个数据目录是演示大厅，改不成真实大厅。请用 --data 另指一个目录。"
                : "演示大厅没有密码，只能开在本机地址上。");
        }

        kind.IsDemo = known == "demo";
        if (mode.ClockControl && !kind.IsDemo) throw new WrongUseException("--clock-control 只能用在演示大厅里。");

        if (kind.IsDemo) await door.SendAsync(new OpenOffices(DemoPeople.Units, DemoPeople.People), Actor.Clock, ct);
        else await FirstAdministratorAsync(app, door, ct);
        await app.Services.GetRequiredService<FlowShelf>().ImportAsync(ct);
    }

    /// <summary>A node with a key of its own would seal what the others cannot open, and open nothing of theirs.</summary>
    private static async Task SameKeyAsync(IServiceProvider services, StepDoor door, CancellationToken ct)
    {
        var mark = services.GetRequiredService<FieldCipher>().Mark;
        switch (await FactAsync(services, DeskFacts.KeyMark, ct))
        {
            case null:
                await door.SendAsync(new SetFact(DeskFacts.KeyMark, mark), Actor.Clock, ct);
                break;
            case var known when known != mark:
                throw new WrongUseException($"数据目录里的密钥（{KeyFile.Name}）不是这个数据库的。把原来的密钥放回去再启动；几台机器用一个数据库时，各台的密钥要是同一个文件。");
        }
    }

    private static async Task FirstAdministratorAsync(WebApplication app, StepDoor door, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<DeskDb>().Staff.AnyAsync(ct)) return;

        // 24 characters without look-alikes: about 120 bits, shown once, to be changed at the first sign-in.
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", 24);
        var hash = scope.ServiceProvider.GetRequiredService<IPasswordCheck>().Hash(password);
        await door.SendAsync(new CreateFirstAdministrator(hash), Actor.Clock, ct);
        Console.WriteLine($"第一次启动：管理员工号 admin，密码 {password}（只显示这一次，登录后请改掉）");
    }

    private static IEnumerable<string> Addresses(WebApplication app, HostMode mode) =>
        (mode.Urls ?? app.Configuration["urls"] ?? "http://localhost:5000").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<string?> FactAsync(IServiceProvider services, string name, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeskDb>().Facts.AsNoTracking().Where(f => f.Name == name).Select(f => f.Value).FirstOrDefaultAsync(ct);
    }
}
