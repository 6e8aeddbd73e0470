using BanBuCheng.Bench;

var words = args.TakeWhile(a => char.IsAsciiLetter(a[0])).ToList();
(string Word, Func<Task> Run)[] all =
[
    ("start", StartUp.RunAsync),
    ("memory", Memory.RunAsync),
    ("pages", PageTimes.RunAsync),
    ("durable", () => Durable.RunAsync(args)),
    ("rehearse", Rehearse.RunAsync),
];

// Words that write, and so run only when said.
(string Word, Func<Task> Run)[] tools = [("schema", Schema.RunAsync)];

var unknown = words.Except(all.Concat(tools).Select(a => a.Word)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"bench: not known: {string.Join(' ', unknown)}; known: {string.Join(' ', all.Select(a => a.Word))}; no word = all of them; schema writes the schema scripts and compiled models");
    return 2;
}

foreach (var (word, run) in all)
{
    if (words.Count == 0 || words.Contains(word)) await run();
}

foreach (var (word, run) in tools)
{
    if (words.Contains(word)) await run();
}

return 0;
