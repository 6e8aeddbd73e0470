using System.Globalization;
using BanBuCheng.Bench;

if (args is ["cold-child", var childFolder])
{
    await ColdStart.ChildAsync(childFolder);
    return 0;
}

var words = args.TakeWhile(a => char.IsAsciiLetter(a[0])).ToList();
var seconds = args.Length > words.Count ? double.Parse(args[words.Count], CultureInfo.InvariantCulture) : 4;
BenchPostgres? server = null;

(string Word, Func<Task> Run)[] all =
[
    ("start", StartUp.RunAsync),
    ("memory", Memory.RunAsync),
    ("pages", PageTimes.RunAsync),
    ("studio", StudioTimes.RunAsync),
    ("cold", ColdStart.RunAsync),
    ("b5", () => MemorySteps.RunAsync(seconds)),
    ("b1", () => SqliteSteps.B1Async(seconds)),
    ("b2", () => SqliteSteps.B2Async(seconds)),
    ("disk", SqliteSteps.DiskAsync),
    ("b3", () => Task.CompletedTask), // with the timers: they share the million
    ("timers", FloodAsync),
    ("postgres", () => WithServerAsync(s => PostgresSteps.RunAsync(s, seconds))),
    ("postgres-timers", () => WithServerAsync(s => TimerFlood.PostgresAsync(s, seconds))),
    ("rehearse", Rehearse.RunAsync),
    ("gate", GateTimes.RunAsync),
    ("desk100k", ManyOpenCases.RunAsync),
];

// Run only when said: one publishes the program anew, one writes files, one is for whoever looks for memory.
(string Word, Func<Task> Run)[] tools = [("r2r", ReadyToRun.RunAsync), ("schema", Schema.RunAsync), ("allocations", Allocations.RunAsync)];

// A word for several: everything the engine's table has.
string[] engine = ["cold", "b5", "b1", "b2", "disk", "b3", "timers", "postgres", "postgres-timers"];
if (words.Remove("engine")) words.AddRange(engine);

var unknown = words.Except(all.Concat(tools).Select(a => a.Word)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"bench: not known: {string.Join(' ', unknown)}; known: {string.Join(' ', all.Select(a => a.Word))}; engine = {string.Join(' ', engine)}; no word = all of them; schema writes the schema scripts and compiled models. A number after the words: seconds of each measurement (4).");
    return 2;
}

try
{
    foreach (var (word, run) in all)
        if (Wants(word) || word == "timers" && Wants("b3")) await run();
    foreach (var (word, run) in tools)
        if (words.Contains(word)) await run();
}
finally
{
    if (server is not null) await server.DisposeAsync();
}

EngineTable.Print();
return 0;

bool Wants(string word) => words.Contains(word) || words.Count == 0;

async Task FloodAsync()
{
    // B3 is told in multiples of B2.
    if (Wants("b3") && SqliteSteps.LastB2 is null) await SqliteSteps.B2Async(seconds);
    await TimerFlood.SqliteAsync(seconds, Wants("b3"), Wants("timers"));
}

async Task WithServerAsync(Func<BenchPostgres, Task> run)
{
    server ??= await BenchPostgres.StartAsync();
    if (server is null) Console.WriteLine("PostgreSQL is not installed; install with: apt-get install postgresql");
    else await run(server);
}
