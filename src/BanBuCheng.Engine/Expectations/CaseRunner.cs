using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Expressions;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Expectations;

/// <summary>
/// Runs conformance cases: folders with workflows and an <c>expect.json</c> that says how to run them and what must be seen. What it does not
/// know fails the case, so that a misspelt expectation is never a pass.
/// </summary>
public static class CaseRunner
{
    /// <summary>Of a key that is written twice one would be ignored.</summary>
    private static readonly JsonDocumentOptions NothingTwice = new() { AllowDuplicateProperties = false };

    /// <summary>Every folder below that holds an expect.json, in order of their names.</summary>
    /// <param name="vocabulary">Makes the host's own vocabulary for one case; null: only what the engine knows.</param>
    public static async Task<TestReport> RunAllAsync(string folder, CancellationToken ct, Func<VirtualClock, MemoryFlowStore, ICaseVocabulary>? vocabulary = null)
    {
        var results = new List<CaseResult>();
        foreach (var file in Directory.EnumerateFiles(folder, "expect.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            results.Add(await RunAsync(Path.GetDirectoryName(file)!, ct, vocabulary));
        return new TestReport(results.Count(r => r.Ok), results.Count(r => !r.Ok), results);
    }

    public static async Task<CaseResult> RunAsync(string folder, CancellationToken ct, Func<VirtualClock, MemoryFlowStore, ICaseVocabulary>? vocabulary = null)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        try
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expect.json"), ct), documentOptions: NothingTwice) is not JsonObject expect)
                throw new CaseFailedException("expect.json is no object");
            await new Case(folder, expect, vocabulary).RunAsync(ct);
            return new CaseResult(name, true, null);
        }
        catch (CaseFailedException failed)
        {
            return new CaseResult(name, false, failed.Message);
        }
        catch (JsonException damaged)
        {
            return new CaseResult(name, false, $"expect.json is not readable: {damaged.Message}");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            return new CaseResult(name, false, Told(broken));
        }
    }

    private static string Told(Exception broken) => broken switch
    {
        CaseFailedException or FlowNotFoundException => broken.Message,
        _ => $"{broken.GetType().Name}: {broken.Message}",
    };

    /// <summary>One case on its own clock, store and engine.</summary>
    private sealed class Case
    {
        private static readonly HashSet<string> TopKeys = ["name", "topic", "title", "origin", "notes", "flowchartMode", "clock", "definitions", "steps"];
        private readonly string _folder;
        private readonly JsonObject _expect;
        private readonly VirtualClock _clock;
        private readonly MemoryFlowStore _store = new();
        private readonly FlowEngine _engine;
        private readonly ICaseVocabulary? _vocabulary;
        private readonly List<string> _lines = [];
        private readonly Dictionary<string, Guid> _instances = new(StringComparer.Ordinal);
        private string _current = "main";
        private bool? _started;

        public Case(string folder, JsonObject expect, Func<VirtualClock, MemoryFlowStore, ICaseVocabulary>? vocabulary)
        {
            _folder = folder;
            _expect = expect;
            var mode = TextOf(expect, "flowchartMode");
            if (mode is not (null or "token" or "counter")) throw new CaseFailedException($"unknown flowchartMode '{mode}'");
            if (!DateTimeOffset.TryParse(TextOf(expect, "clock") ?? "2030-01-01T00:00:00Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begins))
                throw new CaseFailedException($"clock: '{Text(expect["clock"])}' is no instant");
            _clock = new VirtualClock(begins);
            var own = vocabulary?.Invoke(_clock, _store);
            foreach (var (key, _) in expect)
                if (!TopKeys.Contains(key) && key != own?.Key) throw new CaseFailedException($"unknown key '{key}'");
            _vocabulary = own is not null && (expect.ContainsKey(own.Key) || NamesOneOf(own.Activities)) ? own : null;
            var options = new FlowOptions { TokenMode = mode == "token", KeepVariablesOfEnded = true, OverwritesRetracted = true, LetsQueuedStepsRun = true, Line = (_, line) => _lines.Add(line) };
            _engine = new FlowEngine(new FlowHost(new ActivityCatalogue([.. BuiltIn.Descriptors, .. _vocabulary?.Activities ?? []]), _clock, _vocabulary?.Adjust(options) ?? options, _vocabulary?.Values), _store, _vocabulary?.Services ?? NoServices.Instance);
        }

        /// <summary>A case whose documents draw the host's activities is the host's, whether its file says so or not.</summary>
        private bool NamesOneOf(IReadOnlyList<ActivityDescriptor> activities)
        {
            var texts = Directory.EnumerateFiles(_folder, "*.json").Where(f => Path.GetFileName(f) != "expect.json").Select(File.ReadAllText).ToList();
            return activities.Any(a => texts.Exists(t => t.Contains($"\"{a.Type}\"", StringComparison.Ordinal)));
        }

        public async Task RunAsync(CancellationToken ct)
        {
            foreach (var document in _vocabulary?.Open(_engine, _expect[_vocabulary.Key], _folder) ?? [])
                await _engine.PublishAsync((await _engine.ImportDraftAsync(document, ct)).DefinitionId, ct);
            if (_expect["definitions"] is not (null or JsonArray)) throw new CaseFailedException("definitions is no list");
            foreach (var definition in _expect["definitions"] as JsonArray ?? [])
                await LoadAsync(definition as JsonObject ?? throw new CaseFailedException("a definition is no object"), ct);
            if (_expect["steps"] is not JsonArray steps || steps.Count == 0) throw new CaseFailedException("no steps");
            for (var i = 0; i < steps.Count; i++)
            {
                var step = steps[i] as JsonObject ?? throw new CaseFailedException($"step {i + 1} is no object");
                _lines.Clear();
                _started = null;
                try
                {
                    await DoAsync(step, ct);
                    if (_vocabulary is not null) await _vocabulary.SettleAsync(ct);
                    if (step["expect"] is JsonObject expected)
                        await new Observation(_store, _engine, _lines, _started, Looked(step), key => _vocabulary?.See(key, _current)).CompareAsync(expected, ct);
                    else if (step.ContainsKey("expect")) throw new CaseFailedException("expect is no object");
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    throw new CaseFailedException($"step {i + 1} ({Text(step["do"])}): {Told(failed)}");
                }
            }
        }

        private Guid? Looked(JsonObject step) => _instances.TryGetValue(Text(step["instance"]) ?? _current, out var id) ? id : null;

        private Guid Instance(JsonObject step)
        {
            var name = Text(step["instance"]) ?? _current;
            return _instances.TryGetValue(name, out var id) ? id : throw new CaseFailedException($"no instance '{name}'");
        }

        private async Task DoAsync(JsonObject step, CancellationToken ct)
        {
            _current = Text(step["as"]) ?? Text(step["instance"]) ?? "main";
            if (_vocabulary is not null && Text(step["do"]) is { } what && _vocabulary.KeysOf(what) is { } keys)
            {
                Knows(step, [.. keys]);
                if (await _vocabulary.DoAsync(what, step, _current, instant => AdvanceToAsync(instant, ct), ct) is { } begun)
                {
                    _started = true;
                    _instances[_current] = begun;
                }

                return;
            }

            switch (Text(step["do"]))
            {
                case "start": Knows(step, "definitionId", "version", "input", "correlationId", "as"); await StartAsync(step, ct); break;
                case "resume": Knows(step, "bookmark", "input", "instance"); await ResumeAsync(step, ct); break;
                case "resumeAll": Knows(step, "instance"); await ResumeAllAsync(Instance(step), ct); break;
                case "event": Knows(step, "name", "payload", "correlationId", "instance", "as"); await EventAsync(step, ct); break;
                case "completeTask": Knows(step, "taskName", "result", "index", "instance"); await CompleteTaskAsync(step, ct); break;
                case "advance": Knows(step, "by", "instance"); await AdvanceAsync(Required(step, "by"), ct); break;
                case "cancel": Knows(step, "instance"); await _engine.CancelAsync(Instance(step), "test", ct); break;
                case "load": Knows(step, "file", "load", "instance"); await LoadAsync(step, ct); break;
                case "publish": Knows(step, "definitionId", "instance"); await _engine.PublishAsync(Required(step, "definitionId"), ct); break;
                case "retract": Knows(step, "definitionId", "instance"); await RetractAsync(Required(step, "definitionId"), ct); break;
                case "check": Knows(step, "instance"); break;
                case var unknown: throw new CaseFailedException($"unknown step '{unknown}'");
            }
        }

        private async Task LoadAsync(JsonObject load, CancellationToken ct)
        {
            Knows(load, "file", "load", "instance");
            var file = Required(load, "file");
            if (!File.Exists(Path.Combine(_folder, file))) throw new CaseFailedException($"there is no file '{file}'");
            var document = await File.ReadAllTextAsync(Path.Combine(_folder, file), ct);
            try
            {
                switch (TextOf(load, "load") ?? "publish")
                {
                    case "publish":
                        var draft = await _engine.ImportDraftAsync(document, ct);
                        await _engine.PublishAsync(draft.DefinitionId, ct);
                        break;
                    case "draft": await _engine.ImportDraftAsync(document, ct); break;
                    case "asIs": await _engine.ImportAsIsAsync(document, ct); break;
                    case var unknown: throw new CaseFailedException($"unknown load '{unknown}'");
                }
            }
            catch (FormatException unreadable)
            {
                throw new CaseFailedException($"{file}: {unreadable.Message}");
            }
        }

        private async Task RetractAsync(string definitionId, CancellationToken ct)
        {
            if (_store.Definitions.All(d => d.DefinitionId != definitionId)) throw new FlowNotFoundException(definitionId);
            await _engine.RetractAsync(definitionId, ct);
        }

        private async Task StartAsync(JsonObject step, CancellationToken ct)
        {
            var instance = await _engine.StartAsync(new StartRequest(Required(step, "definitionId"))
            {
                Version = WholeOf(step, "version"),
                CorrelationId = TextOf(step, "correlationId"),
                Input = ObjectOf(step, "input"),
            }, ct);
            _started = instance is not null;
            if (instance is not null) _instances[_current] = instance.Id;
        }

        private async Task ResumeAsync(JsonObject step, CancellationToken ct)
        {
            var wanted = ObjectOf(step, "bookmark") ?? [];
            foreach (var (key, _) in wanted)
                if (key is not ("activityId" or "name" or "index")) throw new CaseFailedException($"unknown bookmark key '{key}'");
            var found = _store.WaitsOf(Instance(step)).Where(w => (TextOf(wanted, "activityId") is not { } id || w.ActivityId == id)
                && (TextOf(wanted, "name") is not { } name || w.Name == name)).ElementAtOrDefault(WholeOf(wanted, "index") ?? 0)
                ?? throw new CaseFailedException($"no bookmark {wanted.ToJsonString()}");
            await _engine.WakeAsync(found.Id, ObjectOf(step, "input"), ct);
        }

        private async Task ResumeAllAsync(Guid instance, CancellationToken ct)
        {
            for (var round = 0; round < 1_000; round++)
            {
                var open = _store.WaitsOf(instance).Select(w => w.Id).ToList();
                if (open.Count == 0 || (await _store.LoadAsync(instance, ct))!.Status == FlowStatus.Finished) return;
                foreach (var wait in open) await _engine.WakeAsync(wait, null, ct);
            }
            throw new CaseFailedException("resuming everything does not end");
        }

        private async Task EventAsync(JsonObject step, CancellationToken ct)
        {
            var before = _store.Instances.Select(i => i.Id).ToHashSet();
            await _engine.PublishEventAsync(Required(step, "name"), TextOf(step, "correlationId"), step["payload"], null, ct);
            if (_store.Instances.FirstOrDefault(i => !before.Contains(i.Id)) is not { } started) return;
            if (Text(step["as"]) is { } name) _instances[name] = started.Id;
            else if (step["instance"] is null) _instances.TryAdd(_current, started.Id);
        }

        private async Task CompleteTaskAsync(JsonObject step, CancellationToken ct)
        {
            var name = Required(step, "taskName");
            var task = Observation.Tasks(_store, null).Where(t => t.Name == name).ElementAtOrDefault(WholeOf(step, "index") ?? 0)
                ?? throw new CaseFailedException($"no open task '{name}'");
            await _engine.WakeAsync(task.WaitId, step.ContainsKey("result") ? new JsonObject { [EventNames.TaskResult] = step["result"]?.DeepClone() } : null, ct);
        }

        private Task AdvanceAsync(string by, CancellationToken ct) =>
            TimeSpan.TryParse(by, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero
                ? AdvanceToAsync(_clock.GetUtcNow() + span, ct).AsTask() : throw new CaseFailedException($"by: '{by}' is no time to go forward by ([d.]hh:mm:ss)");

        private async ValueTask AdvanceToAsync(DateTimeOffset until, CancellationToken ct)
        {
            for (var fired = 0; _store.NextDue(until) is { } next; fired++)
            {
                if (fired > 100_000) throw new CaseFailedException("timers do not come to rest");
                _clock.MoveTo(next.Due);
                if (next.IsTrigger) await _engine.FireTriggerAsync(next.Id, ct);
                else if (!await _engine.FireTimerAsync(next.Id, ct)) _store.RemoveWait(next.Id);
                if (_vocabulary is not null) await _vocabulary.SettleAsync(ct);
            }
            _clock.MoveTo(until);
        }

        private static void Knows(JsonObject step, params string[] keys)
        {
            foreach (var (key, _) in step)
                if (key is not ("do" or "expect" or "elsa" or "notes") && !keys.Contains(key)) throw new CaseFailedException($"unknown key '{key}'");
        }

        private static string Required(JsonObject step, string key) => TextOf(step, key) ?? throw new CaseFailedException($"'{key}' is missing");

        // What is there but of another kind than wanted must not be taken for absent.

        private static string? TextOf(JsonObject step, string key) =>
            step[key] is null or JsonValue ? Text(step[key]) : throw new CaseFailedException($"'{key}' is no text");

        private static JsonObject? ObjectOf(JsonObject step, string key) =>
            step[key] is null or JsonObject ? step[key]?.DeepClone() as JsonObject : throw new CaseFailedException($"'{key}' is no object");

        private static int? WholeOf(JsonObject step, string key) => step[key] switch
        {
            null => null,
            JsonValue value when Plain.FromJson(value) is int number => number,
            _ => throw new CaseFailedException($"'{key}' is no whole number"),
        };
    }

    internal static string? Text(JsonNode? node) => node is JsonValue ? Plain.Text(Plain.FromJson(node)) : null;
}
