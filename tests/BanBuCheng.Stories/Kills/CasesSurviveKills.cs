using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Backup;
using BanBuCheng.Stories.Given;
using BanBuCheng.Web.Demo;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Kills;

/// <summary>
/// kill -9, again and again, at any moment: the real program, fifty cases at a time, people at their browsers, a carrier, a clock that
/// moves on. Whatever anybody was told is done is done, once.
/// </summary>
/// <remarks>BANBUCHENG_KILLS sets the number of kills (an ordinary run makes a few), BANBUCHENG_SEED repeats a run's choices.</remarks>
public sealed partial class CasesSurviveKills(ITestOutputHelper output)
{
    private const int CasesAtOnce = 50, Workers = 8;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "SQLite：五十件一起办，程序随时被杀：答应过的一步不丢、一步不重，流水对得上")]
    public Task On_sqlite() => SurviveAsync(Database.Sqlite, nodes: 1, usually: 5);

    [Fact(DisplayName = "PostgreSQL 两台：哪一台被杀都一样")]
    public Task On_two_nodes_of_postgres() => SurviveAsync(Database.PostgreSql, nodes: 2, usually: 4);

    private async Task SurviveAsync(Database database, int nodes, int usually)
    {
        var kills = Number("BANBUCHENG_KILLS") ?? usually;
        var seed = Number("BANBUCHENG_SEED") ?? Random.Shared.Next();
        output.WriteLine($"{database}, {kills} kills, BANBUCHENG_SEED={seed}");
        await using var here = new Elsewhere();
        await using var carrier = await Carrier.StartAsync();
        var place = await here.PlaceAsync(database);
        await PeopleAsync(place);
        await using var hall = new Scene(place, carrier, seed, database is Database.Sqlite ? TimeSpan.FromMinutes(50) : TimeSpan.FromMinutes(3));
        try
        {
            for (var node = 0; node < nodes; node++) await hall.OpenAsync(Path.Combine(Path.GetDirectoryName(place.DataFolder)!, $"node{node}.log"));
            await hall.FillAsync();
            for (var kill = 1; kill <= kills; kill++)
            {
                await hall.WorkAndKillAsync();
                await hall.LookAsync();
                if (kill % 10 == 0 || kill == kills) output.WriteLine($"{kill} kills: {hall.Tally}");
            }

            await hall.SettleAsync();
            await hall.LookAsync();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            output.WriteLine(hall.LastWords);
            throw;
        }

        await hall.CloseAsync();
        await using var db = Open(place);
        await hall.Ledger.HoldWholeAsync(db, Ct);
        await Aftermath.HoldsAsync(db, place, carrier, Ct);
        var closed = await db.Cases.CountAsync(c => c.State == CaseState.Closed, Ct);
        output.WriteLine($"{hall.Tally}; {closed} cases closed, {carrier.Received.Values.Count(t => t > 1)} of {carrier.Received.Count} messages sent twice");
        Assert.True(hall.Ledger.Completed.Count >= kills, $"Only {hall.Ledger.Completed.Count} tasks were completed: the people no longer know what to write.");
    }

    /// <summary>An empty demo hall with its people and flows, so that nobody has to wait for the four invented weeks.</summary>
    private static async Task PeopleAsync(HallPlace place)
    {
        var hall = await Hall.OverAsync(place, "2026-03-02 09:00");
        await hall.Door.SendAsync(new OpenOffices(DemoPeople.Units, DemoPeople.People), Actor.Clock, Ct);
        await hall.Door.SendAsync(new SetFact(DeskFacts.Hall, "demo"), Actor.Clock, Ct);
        await hall.Door.SendAsync(new SetFact(DeskFacts.Seeding, string.Create(CultureInfo.InvariantCulture, $"{DemoStories.All.Count}/{DemoStories.All.Count}")), Actor.Clock, Ct);
        await hall.LeaveAsync();
    }

    private static DeskDb Open(HallPlace place) => DatabaseSetup.Open(place.Provider,
        place.Provider is DatabaseProvider.Sqlite ? place.Connection + ";Pooling=False" : new NpgsqlConnectionStringBuilder(place.Connection) { Pooling = false }.ConnectionString);

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("B\\d{10}[A-Z34]")]
    private static partial Regex CaseNumberText();

    /// <summary>The running nodes and everybody who uses them.</summary>
    private sealed class Scene(HallPlace place, Carrier carrier, int seed, TimeSpan longestMove) : IAsyncDisposable
    {
        private readonly List<ServedHall> _nodes = [];
        private readonly Staff _staff = new();
        private readonly Random _random = new(seed);
        private readonly Stopwatch _since = Stopwatch.StartNew();
        private readonly ConcurrentQueue<InboxTask> _tasks = new();
        private readonly SemaphoreSlim _asking = new(1, 1);
        private readonly Lock _dice = new();
        private DateTimeOffset _now = Given.Hall.Local("2026-03-02 09:00");
        private int _openCases, _kills, _refused, _unanswered;

        public Ledger Ledger { get; } = new();

        public string Tally => string.Create(CultureInfo.InvariantCulture,
            $"{_since.Elapsed.TotalSeconds:0} s, {_kills} killed, {Ledger.Accepted.Count} cases, {Ledger.Completed.Count} tasks done, {_refused} refused, {_unanswered} unanswered, clock at {_now.ToOffset(TimeSpan.FromHours(8)):MM-dd HH:mm}");

        private int Answered => Ledger.Acknowledged + Volatile.Read(ref _refused);

        public string LastWords => string.Join('\n', _nodes.Select(n => n.Log[^Math.Min(n.Log.Length, 6000)..]).Prepend(Tally));

        public async Task OpenAsync(string log)
        {
            var node = await ServedHall.StartAsync(place, log, new Dictionary<string, string?>(carrier.Settings) { ["Clockwork__SweepEvery"] = "00:00:02", ["Demo__StartAt"] = Now }, "--clock-control");
            _nodes.Add(node);
        }

        /// <summary>The first fifty come in, undisturbed.</summary>
        public async Task FillAsync()
        {
            await _staff.SignInAsync(_nodes[0], DemoPeople.People.Select(p => p.Login));
            await Parallel.ForEachAsync(Enumerable.Range(0, CasesAtOnce), new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = Ct }, async (_, _) => await AcceptAsync(Guid.Empty));
        }

        /// <summary>Everybody works; at some moment one node dies (now and then all of them) and comes back.</summary>
        public async Task WorkAndKillAsync()
        {
            // A third of the moments fall into the first requests after a start, where everything is cold; the others come some answers
            // later, so that a slow machine gets as far as a quick one.
            var (answers, moment) = Roll() < 0.33 ? (0, TimeSpan.FromMilliseconds(20 + 500 * Roll())) : ((int)(1 + 40 * Roll()), TimeSpan.FromMilliseconds(60 * Roll()));
            var all = _nodes.Count == 1 || Roll() < 0.2;
            var victims = all ? _nodes.ToList() : [_nodes[_random.Next(_nodes.Count)]];
            using var dying = new CancellationTokenSource();
            await LookForWorkAsync();
            var workers = Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(dying.Token))).ToList();
            var target = Answered + answers;
            for (var waited = Stopwatch.StartNew(); Answered < target && waited.Elapsed < TimeSpan.FromSeconds(15);) await Task.Delay(2, Ct);
            await Task.Delay(moment, Ct);
            await Task.WhenAll(victims.Select(v => v.KillAsync()));
            await dying.CancelAsync();
            await Task.WhenAll(workers);
            _kills += victims.Count;
            foreach (var victim in victims) await victim.StartAgainAsync(new Dictionary<string, string?> { ["Demo__StartAt"] = Now });
        }

        /// <summary>Holds what was acknowledged against what is there, through the database's own door, while the program runs.</summary>
        public async Task LookAsync()
        {
            await using var db = Open(place);
            await Ledger.HoldAgainstAsync(db, Ct);
        }

        /// <summary>What is due gets done, and nobody interrupts.</summary>
        public async Task SettleAsync()
        {
            await MoveClockAsync(TimeSpan.FromMinutes(5));
            foreach (var key in Ledger.Accepted.Where(a => a.Value.Length == 0).Select(a => a.Key)) await AcceptAsync(key);
            await MoveClockAsync(TimeSpan.FromSeconds(1));
        }

        public async Task CloseAsync()
        {
            foreach (var node in _nodes) await node.StopAsync();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in _nodes) await node.DisposeAsync();
            _asking.Dispose();
        }

        private string Now => _now.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        private async Task WorkAsync(CancellationToken dying)
        {
            while (!dying.IsCancellationRequested)
            {
                var dice = Roll();
                try
                {
                    if (dice < 0.02) await MoveClockAsync(longestMove * Roll());
                    else if (dice < 0.2 && carrier.NextReport() is { } report) await ReportAsync(report);
                    else if (_openCases < CasesAtOnce) await AcceptAsync(Ledger.Accepted.FirstOrDefault(a => a.Value.Length == 0 && dice < 0.4).Key);
                    else if (_tasks.TryDequeue(out var task)) await CompleteAsync(task, twice: dice > 0.9);
                    else await LookForWorkAsync();
                }
                catch (Exception cut) when (cut is HttpRequestException or TaskCanceledException or IOException)
                {
                    Interlocked.Increment(ref _unanswered);
                    if (_nodes.Count == 1 || _nodes.All(n => !n.Runs)) return;
                }
            }
        }

        private async Task AcceptAsync(Guid key)
        {
            var node = Node();
            if (key == Guid.Empty) key = Guid.CreateVersion7(_now);
            Interlocked.Increment(ref _openCases);
            Ledger.Accepted.TryAdd(key, "");
            var to = await _staff.PostAsync(node, "duanxiaohe", "/intake/new", [("form", key.ToString()), ("Form.ApplicantKind", "Person"), ("Form.ApplicantName", "骆问渠"), ("Form.Phone", "10066778899"),
                ("Form.Subject", "亲属关系证明办不了"), ("Form.Story", "跑了三趟，窗口都说要一份谁也开不出来的证明。"), ("Form.OriginalItem", "户口迁移"), ("Form.OriginalWindow", "公安2号窗口"),
                ("Form.Channel", "Window"), ("Form.Difficulty", Roll() < 0.3 ? "Simple" : "Complex")]);
            if (to is not null && CaseNumberText().Match(to) is { Success: true } number) Ledger.WasAccepted(key, number.Value);
            else Interlocked.Increment(ref _refused);
        }

        private async Task CompleteAsync(InboxTask task, bool twice)
        {
            if (Staff.Answer(task) is not { } answer) return;
            await Task.WhenAll(Enumerable.Range(0, twice ? 2 : 1).Select(async _ =>
            {
                var to = await _staff.PostAsync(Node(), answer.Login, $"/tasks/{task.Id}", answer.Form.Select(f => ($"form[{f.Item1}]", f.Item2)).Append(("Outcome", answer.Outcome)));
                if (to is not null) Ledger.WasCompleted(task.Id.Value, answer.Outcome);
                else Interlocked.Increment(ref _refused);
            }));
        }

        private async Task ReportAsync(string report)
        {
            try
            {
                using var answer = await Node().Http.GetAsync(new Uri(report, UriKind.Relative), Ct);
                if (!answer.IsSuccessStatusCode) carrier.PutBack(report);
            }
            catch (Exception)
            {
                carrier.PutBack(report); // carriers try again too
                throw;
            }
        }

        /// <summary>All nodes stand at the same hour, as clocks of one building do.</summary>
        private async Task MoveClockAsync(TimeSpan by)
        {
            DateTimeOffset target;
            lock (_dice) target = _now += by;
            var to = target.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            await Task.WhenAll(_nodes.Where(n => n.Runs).Select(async node =>
            {
                using var body = new FormUrlEncodedContent([new("to", to)]);
                using var answer = await node.Http.PostAsync(new Uri("demo/clock", UriKind.Relative), body, Ct);
            }));
        }

        private async Task LookForWorkAsync()
        {
            await _asking.WaitAsync(Ct);
            try
            {
                if (!_tasks.IsEmpty) return;
                await using var db = Open(place);
                _openCases = await db.Cases.CountAsync(c => c.State == CaseState.Open, Ct);
                var open = await db.InboxTasks.AsNoTracking().Where(t => t.State == TaskState.Open).ToListAsync(Ct);
                lock (_dice) foreach (var task in open.OrderBy(_ => _random.Next())) _tasks.Enqueue(task);
            }
            finally
            {
                _asking.Release();
            }
        }

        private ServedHall Node()
        {
            var alive = _nodes.Where(n => n.Runs).ToList();
            return alive.Count == 0 ? throw new HttpRequestException("no node is up") : alive[(int)(Roll() * alive.Count)];
        }

        private double Roll()
        {
            lock (_dice) return _random.NextDouble();
        }
    }
}
