using BanBuCheng.Desk.Backup;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given.Infrastructure;
using BanBuCheng.Web;
using BanBuCheng.Web.Commands;
using BanBuCheng.Web.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BanBuCheng.Stories.Given;

/// <summary>
/// A hall of the invented district with all its people, through the real composition, on a clock that the story moves. The same on
/// SQLite and on PostgreSQL.
/// </summary>
internal sealed class Hall : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly WorkingCalendar? _calendar;
    private WebApplication _app;

    private Hall(WebApplication app, FakeTimeProvider clock, string data, Dictionary<string, string?> settings, WrittenDown log, WorkingCalendar? calendar) =>
        (_app, Clock, DataFolder, _settings, Log, _calendar) = (app, clock, data, settings, log, calendar);

    public FakeTimeProvider Clock { get; private set; }
    public IServiceProvider Services => _app.Services;

    /// <summary>Where the key and, on SQLite, the database lie.</summary>
    public string DataFolder { get; }

    /// <summary>Everything the program wrote to its log.</summary>
    public WrittenDown Log { get; }

    /// <param name="database">Where the rows live.</param>
    /// <param name="at">Local time of the hall, <c>2022-06-25 09:00</c>.</param>
    /// <param name="flows">Folder of flow documents; the shipped ones by default.</param>
    /// <param name="calendar">Another calendar to begin with than the one that ships, for a story of a notice that is not out yet.</param>
    public static async Task<Hall> OpenAsync(Database database, string at, string? flows = null, WorkingCalendar? calendar = null)
    {
        var data = Directory.CreateTempSubdirectory("hall-").FullName;
        var clock = new FakeTimeProvider(Local(at));
        var settings = new Dictionary<string, string?> { ["Flows:Directory"] = flows };
        if (database is Database.PostgreSql)
        {
            settings["Database:Provider"] = "PostgreSql";
            settings["ConnectionStrings:Desk"] = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        }

        var log = new WrittenDown();
        var app = Build(data, clock, settings, log, calendar);
        var hall = new Hall(app, clock, data, settings, log, calendar);
        await DatabaseUpgrade.RunAsync(app.Services, Ct);
        await hall.Door.SendAsync(new OpenOffices(DemoPeople.Units, DemoPeople.People), Actor.Clock, Ct);
        await app.Services.GetRequiredService<FlowShelf>().ImportAsync(Ct);
        return hall;
    }

    /// <summary>A program over data that lie there already, restored ones for instance.</summary>
    public static async Task<Hall> OverAsync(HallPlace place, string at)
    {
        var clock = new FakeTimeProvider(Local(at));
        var settings = new Dictionary<string, string?> { ["Database:Provider"] = place.Provider.ToString(), ["ConnectionStrings:Desk"] = place.Connection };
        var log = new WrittenDown();
        var hall = new Hall(Build(place.DataFolder, clock, settings, log, null), clock, place.DataFolder, settings, log, null);
        await DatabaseUpgrade.RunAsync(hall.Services, Ct);
        await hall.Services.GetRequiredService<FlowShelf>().ImportAsync(Ct);
        return hall;
    }

    /// <summary>Where its data lie.</summary>
    public HallPlace Place => Services.GetRequiredService<HostSettings>().Place;

    /// <summary>The program ends, and another one begins over the same data at that time (or at once).</summary>
    public async Task RestartAsync(string? at = null)
    {
        await _app.DisposeAsync();
        Clock = new FakeTimeProvider(at is null ? Clock.GetUtcNow() : Local(at));
        _app = Build(DataFolder, Clock, _settings, Log, _calendar);
        await DatabaseUpgrade.RunAsync(_app.Services, Ct);
        await Services.GetRequiredService<FlowShelf>().ImportAsync(Ct);
    }

    private static WebApplication Build(string data, FakeTimeProvider clock, Dictionary<string, string?> settings, WrittenDown log, WorkingCalendar? calendar) =>
        HostBuilder.Build([], new HostMode { Data = data, Clock = clock, Alarm = false }, builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            // Also what is only written when somebody looks closely: nothing personal may be in it.
            builder.Logging.ClearProviders().AddProvider(log).AddFilter("BanBuCheng", LogLevel.Debug);
            if (calendar is not null) builder.Services.AddSingleton(calendar);
        });

    public StepDoor Door => Services.GetRequiredService<StepDoor>();

    /// <summary>Moves the clock to a local time, standing at every due minute on the way.</summary>
    public async Task ItIsAsync(string at)
    {
        var due = Services.GetRequiredService<IDueWork>();
        var target = Local(at);
        while (true)
        {
            await due.DrainAsync(Ct);
            var next = (await due.UpcomingAsync(target - Clock.GetUtcNow(), Ct)).Where(minute => minute > Clock.GetUtcNow() && minute <= target).Order().FirstOrDefault();
            if (next == default) break;
            Clock.SetUtcNow(next);
        }

        Clock.SetUtcNow(target);
        await due.DrainAsync(Ct);
    }

    /// <summary>The person of that name, as they are signed in.</summary>
    public async Task<Actor> PersonAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        return StaffActors.Of(await scope.ServiceProvider.GetRequiredService<DeskDb>().Staff.SingleAsync(s => s.Name == name, Ct));
    }

    public async Task<T> DoAsync<T>(string name, IStep<T> step) => await Door.SendAsync(step, await PersonAsync(name), Ct);

    /// <summary>What lies in somebody's inbox: theirs and their groups'.</summary>
    public async Task<IReadOnlyList<InboxRow>> InboxOfAsync(string name)
    {
        var person = await PersonAsync(name);
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        return [.. (await InboxQuery.MineAsync(db, person, null, Ct)).Rows, .. (await InboxQuery.GroupAsync(db, person, null, Ct)).Rows];
    }

    /// <summary>Takes the person's only task of the case and finishes it.</summary>
    public async Task FinishesAsync(string name, string caseNumber, string outcome, params (string Field, string Value)[] form)
    {
        var task = (await InboxOfAsync(name)).Single(row => row.CaseNumber == caseNumber);
        await DoAsync(name, new ClaimTask(task.TaskId));
        await DoAsync(name, new CompleteTask(task.TaskId, outcome,
            form.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(f => f.Value)])));
    }

    /// <summary>The case as a person of the hall sees it.</summary>
    public async Task<CaseView> CaseAsync(string number, string seenBy = "温敬之")
    {
        var person = await PersonAsync(seenBy);
        await using var scope = Services.CreateAsyncScope();
        return await CaseView.FindAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), scope.ServiceProvider.GetRequiredService<DeadlineBook>(),
            number, person, Clock.GetUtcNow(), Ct) ?? throw new InvalidOperationException($"{seenBy} does not see case {number}.");
    }

    /// <summary>The texts the citizen was sent, oldest first, codes included.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string caseNumber)
    {
        await using var scope = Services.CreateAsyncScope();
        var rows = await MessageList.NewestAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), Services.GetRequiredService<FieldCipher>(), null, complaints: true, showCodes: true, Ct);
        return [.. rows.Where(r => r.CaseNumber == caseNumber).OrderBy(r => r.QueuedAt).Select(r => r.Text)];
    }

    /// <summary>What the citizen sees with number and code; null when they do not fit together.</summary>
    public async Task<CaseView?> LooksUpAsync(string number, string code)
    {
        await using var scope = Services.CreateAsyncScope();
        return await CitizenLookUp.FindAsync(scope.ServiceProvider.GetRequiredService<DeskDb>(), scope.ServiceProvider.GetRequiredService<DeadlineBook>(),
            Services.GetRequiredService<FieldCipher>(), number, code, Clock.GetUtcNow(), Ct);
    }

    /// <summary>Reads only: to change something past the steps there is <see cref="TamperAsync"/>.</summary>
    public async Task<T> ReadAsync<T>(Func<DeskDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<DeskDb>());
    }

    /// <summary>Does what no step does: on SQLite only who has the lane may write, so tampering must queue too.</summary>
    public async Task<T> TamperAsync<T>(Func<DeskDb, Task<T>> write)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var turn = await Services.GetRequiredService<WriterLane>().EnterAsync(Ct);
        scope.ServiceProvider.GetRequiredService<StepScope>().Turn = turn;
        return await write(scope.ServiceProvider.GetRequiredService<DeskDb>());
    }

    /// <summary>A step that only the test knows.</summary>
    public async Task<T> StepAsync<T>(Func<IFlows, ValueTask<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var turn = await Services.GetRequiredService<WriterLane>().EnterAsync(Ct);
        var step = scope.ServiceProvider.GetRequiredService<StepScope>();
        (step.Turn, step.Now) = (turn, Clock.GetUtcNow());
        var (db, flows) = (scope.ServiceProvider.GetRequiredService<DeskDb>(), scope.ServiceProvider.GetRequiredService<IFlows>());
        await turn.BeginAsync(db, Ct);
        var result = await act(flows);
        await db.SaveChangesAsync(Ct);
        await flows.FlushAsync(Ct);
        await turn.CommitAsync();
        return result;
    }

    /// <summary>Another node over the same database, with the same key and on the same clock. PostgreSQL only.</summary>
    public Hall AnotherNode() => new(Build(DataFolder, Clock, _settings, Log, _calendar), Clock, DataFolder, _settings, Log, _calendar) { IsSecond = true };

    private bool IsSecond { get; init; }

    /// <summary>What the flows still wait for, and what went wrong in them: both zero when all is done.</summary>
    public Task<(int Waits, int Incidents)> FlowsLeftAsync() => ReadAsync(async db => (
        await db.Database.SqlQuery<int>($"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM flow_waits").SingleAsync(Ct),
        await db.Database.SqlQuery<int>($"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM flow_incidents").SingleAsync(Ct)));

    /// <summary>The program ends and leaves its data where they are.</summary>
    public Task LeaveAsync() => CloseFileAsync(_app);

    public async ValueTask DisposeAsync()
    {
        await CloseFileAsync(_app);
        if (!IsSecond) Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>Ends a host and lets go of its own database file; clearing all pools would pull the files of other running stories away.</summary>
    internal static async Task CloseFileAsync(WebApplication app)
    {
        Microsoft.Data.Sqlite.SqliteConnection? file;
        await using (var scope = app.Services.CreateAsyncScope())
            file = scope.ServiceProvider.GetRequiredService<DeskDb>().Database.GetDbConnection() is Microsoft.Data.Sqlite.SqliteConnection sqlite ? new(sqlite.ConnectionString) : null;
        await app.DisposeAsync();
        if (file is not null) Microsoft.Data.Sqlite.SqliteConnection.ClearPool(file);
    }

    public static DateTimeOffset Local(string at)
    {
        var time = DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, ShanghaiTime.Zone.GetUtcOffset(time));
    }

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;
}

/// <summary>Which database a story runs on.</summary>
public enum Database { Sqlite, PostgreSql }
