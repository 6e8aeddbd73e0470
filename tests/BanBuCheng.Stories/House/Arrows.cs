using System.Text.RegularExpressions;
using Xunit;

namespace BanBuCheng.Stories.House;

/// <summary>The drawing of the rooms, executable: which room may know which.</summary>
public sealed partial class Arrows
{
    /// <summary>Inside the desk. Step rooms never know one another: only the flow document joins them.</summary>
    private static readonly Dictionary<string, string[]> DeskArrows = new()
    {
        ["Steps"] = ["Database"],
        ["Database"] = ["Steps", "Offices", "Deadlines", "Cases", "Sms", "Inbox", "Notices", "Coordination", "Committee", "Flows"],
        ["Offices"] = ["Steps", "Database"],
        ["Deadlines"] = ["Steps", "Database", "Offices"],
        ["Cases"] = ["Steps", "Database", "Offices", "Deadlines"],
        ["Sms"] = ["Steps", "Database", "Offices", "Deadlines", "Cases"],
        ["Inbox"] = ["Steps", "Database", "Offices", "Deadlines", "Cases"],
        ["Notices"] = ["Steps", "Database", "Offices", "Deadlines", "Cases", "Sms", "Inbox"],
        // The gate describes what every activity does, so it knows every room; nobody knows the gate.
        ["Gate"] = [.. Shared, "Coordination", "Committee", "Reply", "ReturnVisit"],
        ["Flows"] = ["Steps", "Database", "Offices", "Deadlines", "Cases", "Sms", "Inbox", "Notices", "Watch"],
        ["Watch"] = ["Steps", "Database", "Offices", "Deadlines", "Cases", "Sms", "Inbox", "Notices"],
        ["Backup"] = ["Steps", "Database", "Cases"],
        ["CaseFile"] = ["Steps", "Database", "Offices", "Deadlines", "Cases", "Sms", "Inbox", "Notices"],
        ["Attachments"] = ["Steps", "Database", "Cases"],
        // A rehearsal is the whole desk in memory: the shared rooms, the file's words, and what the steps record of forms.
        ["Rehearsal"] = [.. Shared, "CaseFile", "Triage", "Coordination", "Committee", "Reply"],
        ["Intake"] = Shared,
        ["Triage"] = Shared,
        ["Coordination"] = Shared,
        ["Committee"] = Shared,
        ["Reply"] = Shared,
        ["ReturnVisit"] = Shared,
    };

    private static string[] Shared => ["Steps", "Database", "Offices", "Deadlines", "Cases", "Attachments", "Sms", "Inbox", "Notices", "Flows"];

    /// <summary>Inside the engine; the root is the vocabulary everybody may use.</summary>
    private static readonly Dictionary<string, string[]> EngineArrows = new()
    {
        ["Documents"] = [],
        ["Expressions"] = ["Documents"],
        ["Activities"] = ["Documents", "Expressions"],
        ["Running"] = ["Documents", "Expressions", "Activities"],
        ["Checking"] = ["Documents", "Running"],
        ["Expectations"] = ["Documents", "Expressions", "Activities", "Running"],
        ["Durable"] = ["Documents", "Expressions", "Activities", "Running"],
    };

    [Fact(DisplayName = "服务台的房间只走图上画的箭头")]
    public void The_rooms_of_the_desk_know_only_whom_they_may() => Assert.Empty(Broken("src/BanBuCheng.Desk", DeskRoom(), DeskArrows));

    [Fact(DisplayName = "引擎的房间只走图上画的箭头")]
    public void The_rooms_of_the_engine_know_only_whom_they_may() => Assert.Empty(Broken("src/BanBuCheng.Engine", EngineRoom(), EngineArrows));

    [Fact]
    public void Every_room_stands_in_the_drawing()
    {
        Assert.Empty(Rooms("src/BanBuCheng.Desk").Except(DeskArrows.Keys));
        Assert.Empty(Rooms("src/BanBuCheng.Engine").Except(EngineArrows.Keys));
    }

    [Fact]
    public void Only_the_durable_room_of_the_engine_knows_the_database() =>
        Assert.Empty(Sources("src/BanBuCheng.Engine").Where(f => Room("src/BanBuCheng.Engine", f) != "Durable" && File.ReadAllText(f).Contains("EntityFrameworkCore", StringComparison.Ordinal)));

    [Fact(DisplayName = "没有哪段代码决定下一步：步骤的处理者只认识开头的流程")]
    public void No_handler_decides_what_comes_next()
    {
        // What follows is in workflows/*.json. A handler may start the one flow a case begins with; activity types, ports and other
        // flows' names are the documents' business.
        string[] flows = [.. Directory.EnumerateFiles(Repository.Path("workflows"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "case-handling")];
        var offenders = from file in Sources("src/BanBuCheng.Desk")
                        let text = File.ReadAllText(file)
                        from name in flows
                        where text.Contains($"\"{name}\"", StringComparison.Ordinal)
                        select $"{Path.GetFileName(file)} names flow {name}";
        Assert.Empty(offenders);

        var senders = from type in typeof(Desk.DeskServices).Assembly.GetTypes()
                      where type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MediatR.IRequestHandler<,>))
                      where type.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.ParameterType == typeof(Desk.Steps.StepDoor) || p.ParameterType == typeof(MediatR.IMediator))
                      select type.Name;
        Assert.Empty(senders);
    }

    [Fact]
    public void The_engine_knows_nothing_of_government() =>
        Assert.Empty(Sources("src/BanBuCheng.Engine").Where(f => File.ReadAllText(f).Contains("BanBuCheng.Desk", StringComparison.Ordinal)));

    private static IEnumerable<string> Broken(string root, Regex use, Dictionary<string, string[]> allowed) =>
        from file in Sources(root)
        let room = Room(root, file)
        where room is not null && allowed.ContainsKey(room)
        from Match match in use.Matches(File.ReadAllText(file))
        let target = match.Groups[1].Value
        where allowed.ContainsKey(target) && target != room && !allowed[room].Contains(target)
        select $"{Path.GetRelativePath(Repository.Path(root), file)}: {room} → {target}";

    private static IEnumerable<string> Sources(string root) =>
        Directory.EnumerateFiles(Repository.Path(root), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal));

    private static IEnumerable<string> Rooms(string root) => Sources(root).Select(f => Room(root, f)).OfType<string>().Distinct();

    /// <summary>The first folder below the project; null for the project's own root (the composition sees everybody).</summary>
    private static string? Room(string root, string file)
    {
        var parts = Path.GetRelativePath(Repository.Path(root), file).Split('/', '\\');
        return parts.Length > 1 ? parts[0] : null;
    }

    [GeneratedRegex(@"\bBanBuCheng\.Desk\.(\w+)")]
    private static partial Regex DeskRoom();

    [GeneratedRegex(@"\bBanBuCheng\.Engine\.(\w+)")]
    private static partial Regex EngineRoom();
}
