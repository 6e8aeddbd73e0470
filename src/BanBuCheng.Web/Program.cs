return await BanBuCheng.Web.Commands.CommandLine.RunAsync(args);
