using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>
/// The words that expectation files have for flows of the desk: take a case on, finish a task, move working days, report an SMS, tell by
/// telephone, ask from the side; and what is to be seen of the case. docs/flow-tests.md tells them.
/// </summary>
public sealed class DeskVocabulary : ICaseVocabulary
{
    private static readonly Dictionary<string, string[]> Steps = new(StringComparer.Ordinal)
    {
        ["start"] = ["definitionId", "version", "input", "correlationId", "as", "case"],
        ["accept"] = ["as", "case"],
        ["complete"] = ["task", "outcome", "answer", "index", "instance"],
        ["advance"] = ["by", "to", "workingDays", "instance"],
        ["sms"] = ["template", "delivered", "instance"],
        ["tell"] = ["way", "instance"],
        ["ask"] = ["name", "payload", "instance", "as"],
    };

    private static readonly string[] CaseKeys = ["difficulty", "applicantKind", "neededBy", "lead", "assisting", "landline", "clock"];
    private readonly RehearsalHall _hall;
    private readonly VirtualClock _clock;
    private readonly MemoryFlowStore _store;
    private readonly Dictionary<string, RehearsedCase> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<RehearsedCase, (int Sms, int Told)> _seen = [];
    private FlowEngine _engine = null!;

    public DeskVocabulary(RehearsalWorld world, VirtualClock clock, MemoryFlowStore store)
    {
        (_clock, _store) = (clock, store);
        _hall = new RehearsalHall(world, clock);
    }

    public string Key => "hall";
    public IReadOnlyList<ActivityDescriptor> Activities => DeskServices.Palette;
    public IReadOnlyList<IHostValues> Values => RehearsalHall.Values;
    public IServiceProvider Services => _hall;

    /// <summary>Elsa's way with a fault stays, so that a broken flow fails its case.</summary>
    public FlowOptions Adjust(FlowOptions options) => options with
    {
        CronZone = RehearsalHall.Options.CronZone, KeepStimuliThatOnlyStarted = RehearsalHall.Options.KeepStimuliThatOnlyStarted,
        LetsQueuedStepsRun = RehearsalHall.Options.LetsQueuedStepsRun,
    };

    public IReadOnlyList<string> Open(FlowEngine engine, JsonNode? wanted, string folder)
    {
        _engine = engine;
        _hall.RunsOn(engine);
        if (wanted is null) return [];
        var hall = wanted as JsonObject ?? throw new CaseFailedException("hall is no object");
        Knows(hall, "hall", "flows");
        if (hall["flows"] is not { } flows) return [];
        var directory = Path.GetFullPath(Path.Combine(folder, flows.GetValue<string>()));
        if (!Directory.Exists(directory)) throw new CaseFailedException($"hall.flows: there is no folder {flows}");
        return FlowOrder.PartsFirst([.. Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)]);
    }

    public IReadOnlyCollection<string>? KeysOf(string step) => Steps.GetValueOrDefault(step);

    public async ValueTask<Guid?> DoAsync(string what, JsonObject step, string name, Func<DateTimeOffset, ValueTask> advance, CancellationToken ct)
    {
        foreach (var one in _cases.Values) _seen[one] = (one.Messages.Count, one.Told.Count);
        try
        {
            switch (what)
            {
                case "accept":
                    Accept(step, name);
                    return null;
                case "start": return await StartAsync(step, name, ct);
                case "complete":
                    await CompleteAsync(step, name, ct);
                    return null;
                case "advance":
                    await advance(Until(step));
                    return null;
                case "sms":
                    await SmsAsync(step, name, ct);
                    return null;
                case "tell":
                    await _hall.TellAsync(CaseOf(name), Word<DeliveryWay>(step, "way", DeliveryWay.Phone), ct);
                    return null;
                default: return await AskAsync(step, name, ct);
            }
        }
        catch (RefusedException refused)
        {
            throw new CaseFailedException($"the desk refuses it: {refused.Code}");
        }
        catch (FormRejectedException rejected)
        {
            throw new CaseFailedException($"the desk refuses the form: {string.Join(" ", rejected.Faults.Select(f => $"{f.Key} {f.Value}"))}");
        }
    }

    public ValueTask SettleAsync(CancellationToken ct) => _hall.SettleAsync(ct);

    public SeenThing? See(string key, string name)
    {
        if (!_cases.TryGetValue(name, out var rehearsed)) return null;
        var serviceCase = rehearsed.Case;
        return key switch
        {
            "openTasks" => new(new JsonArray([.. rehearsed.OpenTasks.Select(Told)]), IsBag: true),
            "stage" => new(serviceCase.Stage.ToString()),
            "difficulty" => new(serviceCase.Difficulty.ToString()),
            "clock" => new(serviceCase.Clock.ToString()),
            "due" => new(Iso(serviceCase.DueOn)),
            "pausedUntil" => new(Iso(serviceCase.PausedUntil)),
            "light" => new(CaseDue.LightOf(serviceCase.AcceptedOn, serviceCase.DueOn, serviceCase.Clock, serviceCase.State, _clock.GetUtcNow(), _hall.World.Calendar, _hall.World.Policy, rehearsed.Acted).ToString()),
            "extendedBy" => new(serviceCase.ExtendedBy),
            "lead" => new(serviceCase.LeadUnit),
            "replyOwed" => new(serviceCase.ReplyOwed),
            "replied" => new(serviceCase.Outcome?.ToString()),
            "closed" => new(serviceCase.State is CaseState.Closed),
            "sms" => new(new JsonArray([.. rehearsed.Messages.Skip(_seen.GetValueOrDefault(rehearsed).Sms).Select(m => JsonValue.Create(m.Template))])),
            "told" => new(new JsonArray([.. rehearsed.Told.Skip(_seen.GetValueOrDefault(rehearsed).Told).Select(text => JsonValue.Create(text))])),
            "smsText" => new(rehearsed.Messages.Count > 0 ? rehearsed.Messages[^1].Text : null),
            "toTell" => new(rehearsed.OpenNotice?.Text),
            "troubles" => new(_store.Instances.Where(i => i.CorrelationId == serviceCase.Id.ToString()).Sum(i => _store.IncidentsOf(i.Id).Count)),
            _ => null,
        };
    }

    private RehearsedCase Accept(JsonObject step, string name)
    {
        var told = step["case"] as JsonObject ?? [];
        Knows(told, "case", CaseKeys);
        var rehearsed = _hall.Accept(new CaseSeed
        {
            Difficulty = Word(told, "difficulty", Difficulty.Complex),
            ApplicantKind = Word(told, "applicantKind", ApplicantKind.Person),
            NeededBy = Text(told, "neededBy") is { } needed ? DateOnly.Parse(needed, CultureInfo.InvariantCulture) : null,
            Lead = Text(told, "lead"),
            Assisting = told["assisting"] is JsonArray list ? [.. list.Select(n => n!.GetValue<string>())] : [],
            Landline = told["landline"]?.GetValue<bool>() == true,
        });
        // A part begins in the middle of a case: with a clock that runs already.
        if (told["clock"]?.GetValue<string>() is { } clock)
        {
            if (clock != nameof(ClockState.Running)) throw new CaseFailedException($"case.clock: expected Running, but found {clock}");
            var (calendar, policy, one) = (_hall.World.Calendar, _hall.World.Policy, rehearsed.Case);
            var limit = policy.LimitOf(one.Difficulty);
            var due = calendar.Due(one.AcceptedOn, limit);
            one.StartClock(one.Difficulty, limit, one.ExtendedBy, due.Date, due.Provisional);
        }

        _seen[rehearsed] = default;
        return _cases[name] = rehearsed;
    }

    private async ValueTask<Guid?> StartAsync(JsonObject step, string name, CancellationToken ct)
    {
        var definition = Text(step, "definitionId") ?? throw new CaseFailedException("'definitionId' is missing");
        var correlation = Text(step, "correlationId");
        if (correlation is null && step["case"] is null && _cases.TryGetValue(name, out var there)) correlation = there.Case.Id.ToString();
        correlation ??= Accept(step, name).Case.Id.ToString();
        var instance = await _engine.StartAsync(new StartRequest(definition)
        {
            Version = step["version"]?.GetValue<int>(),
            CorrelationId = correlation,
            Input = step["input"]?.DeepClone() as JsonObject,
        }, ct);
        return instance?.Id;
    }

    private async ValueTask CompleteAsync(JsonObject step, string name, CancellationToken ct)
    {
        var wanted = Text(step, "task") ?? throw new CaseFailedException("'task' is missing");
        var outcome = Text(step, "outcome") ?? throw new CaseFailedException("'outcome' is missing");
        var task = CaseOf(name).OpenTasks.Where(t => t.ActivityId == wanted || t.Title == wanted || t.AssignedUnit == wanted).ElementAtOrDefault(step["index"]?.GetValue<int>() ?? 0)
            ?? throw new CaseFailedException($"no open task '{wanted}', but {string.Join(", ", CaseOf(name).OpenTasks.Select(t => $"{t.ActivityId} ({t.Title})"))}");
        await _hall.CompleteAsync(task, outcome, step["answer"]?.DeepClone() as JsonObject, ct);
    }

    private async ValueTask SmsAsync(JsonObject step, string name, CancellationToken ct)
    {
        var rehearsed = CaseOf(name);
        var template = Text(step, "template");
        var sms = rehearsed.Messages.LastOrDefault(m => m.Delivered != true && (template is null || m.Template == template))
            ?? throw new CaseFailedException($"no message{(template is null ? "" : $" {template}")} that waits for a report");
        await _hall.ReportAsync(rehearsed, sms, step["delivered"]?.GetValue<bool>() ?? true, ct);
    }

    private async ValueTask<Guid?> AskAsync(JsonObject step, string name, CancellationToken ct)
    {
        // With "as" the flow that this starts gets a name of its own; the case is the one of "instance", or the first.
        var asked = Text(step, "instance") ?? "main";
        var before = _store.Instances.Select(i => i.Id).ToHashSet();
        var rehearsed = CaseOf(asked);
        await _hall.AskAsideAsync(rehearsed, Text(step, "name") ?? throw new CaseFailedException("'name' is missing"), step["payload"]?.DeepClone(), ct);
        if (Text(step, "as") is null) return null;
        _cases[name] = rehearsed;
        return _store.Instances.FirstOrDefault(i => !before.Contains(i.Id))?.Id;
    }

    private DateTimeOffset Until(JsonObject step)
    {
        var now = _clock.GetUtcNow();
        if (Text(step, "by") is { } by) return now + TimeSpan.Parse(by, CultureInfo.InvariantCulture);
        if (Text(step, "to") is { } to) return new DateTimeOffset(DateTime.ParseExact(to, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
        if (step["workingDays"] is { } days) return _hall.World.Policy.Hours.CloseOf(_hall.World.Calendar.AddWorkingDays(ShanghaiTime.DayOf(now), days.GetValue<int>()));
        throw new CaseFailedException("advance wants by, to or workingDays");
    }

    private RehearsedCase CaseOf(string name) => _cases.TryGetValue(name, out var found) ? found : throw new CaseFailedException($"no case '{name}'");

    private static JsonNode Told(InboxTask task) => new JsonObject
    {
        ["activityId"] = task.ActivityId,
        ["title"] = task.Title,
        ["assignTo"] = new Assignee(task.AssignedRole, task.AssignedUnit, task.AssignedPerson).ToString(),
        ["due"] = Iso(task.DueOn),
        ["within"] = task.WithinDays,
        ["round"] = task.Round,
        ["outcomes"] = new JsonArray([.. task.Outcomes.Select(o => JsonValue.Create(o))]),
    };

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static TWord Word<TWord>(JsonObject json, string key, TWord otherwise)
        where TWord : struct, Enum =>
        Text(json, key) is not { } word ? otherwise
        : Enum.TryParse<TWord>(word, out var found) && Enum.IsDefined(found) ? found
        : throw new CaseFailedException($"{key}: expected one of {string.Join(", ", Enum.GetNames<TWord>())}, but found '{word}'");

    private static void Knows(JsonObject json, string where, params string[] keys)
    {
        foreach (var (key, _) in json)
            if (!keys.Contains(key)) throw new CaseFailedException($"unknown key '{where}.{key}'");
    }
}
