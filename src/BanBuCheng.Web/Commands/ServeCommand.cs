using System.CommandLine;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Database;

namespace BanBuCheng.Web.Commands;

/// <summary><c>serve</c>: the site. Creates and migrates its database; the first start on loopback seeds the demo hall.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root)
    {
        var urls = new Option<string?>("--urls") { Description = "监听地址，默认 http://127.0.0.1:5000" };
        var noDemo = new Option<bool>("--no-demo") { Description = "真实大厅：不建演示数据，第一次启动打印管理员密码" };
        var clock = new Option<bool>("--clock-control") { Description = "演示大厅可以拨钟（只在本机）" };
        var data = CommandLine.DataOption();
        var serve = new Command("serve", "启动网站") { urls, noDemo, clock, data };
        serve.SetAction((parsed, ct) => Output.RunAsync(json: false, async () =>
        {
            var mode = new HostMode
            {
                Data = parsed.GetValue(data),
                Urls = parsed.GetValue(urls),
                NoDemo = parsed.GetValue(noDemo),
                ClockControl = parsed.GetValue(clock),
                Serves = true,
                Seeds = true,
            };
            WarmUp.Ahead();
            await using var app = HostBuilder.Build([], mode);
            var settings = app.Services.GetRequiredService<HostSettings>();
            using var turn = DataLock.Take(settings.DataDirectory, shared: settings.Provider is not DatabaseProvider.Sqlite)
                ?? throw new WrongUseException($"已经有一个程序开着这个数据目录：{settings.DataDirectory}");
            WarmUp.Begin(app);
            await Opening.PrepareAsync(app, mode, ct);
            await app.RunAsync(ct);
            return ExitCodes.Good;
        }));
        root.Subcommands.Add(serve);
    }
}
