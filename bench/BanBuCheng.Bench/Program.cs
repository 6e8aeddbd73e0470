using BanBuCheng.Bench;

switch (args)
{
    case ["durable", ..]:
        await Durable.RunAsync(args);
        return 0;
    default:
        Console.Error.WriteLine("bench: durable [seconds per kind]");
        return 2;
}
