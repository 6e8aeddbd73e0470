using System.Text.Json.Nodes;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>One version of the flows, read and compiled once and walked by many cases at the same time.</summary>
public sealed class RehearsalFlows
{
    private readonly MemoryFlowStore _definitions;
    private readonly FlowHost _host;
    private readonly Dictionary<string, int> _limits;

    private RehearsalFlows(MemoryFlowStore definitions, FlowHost host, FlowDocument main, Dictionary<string, int> limits) => (_definitions, _host, Main, _limits) = (definitions, host, main, limits);

    /// <summary>The flow that a case begins with.</summary>
    public FlowDocument Main { get; }

    /// <summary>The limit of a task as drawn, in working days; null where it is none or an expression.</summary>
    public int? LimitOf(string activityId) => _limits.TryGetValue(activityId, out var days) ? days : null;

    /// <summary>Publishes documents into a memory of their own, parts first.</summary>
    /// <exception cref="FormatException">A text is no document, or none is a main flow.</exception>
    public static async Task<RehearsalFlows> OfAsync(IReadOnlyList<string> documents, CancellationToken ct)
    {
        var ordered = FlowOrder.PartsFirst(documents);
        var read = documents.Select(d => FlowReader.Read(d).Document!).ToList();
        var main = read.Find(d => KindOf(d) == "Case") ?? throw new FormatException("这些文件里没有主流程（种类是 Case 的流程）。");
        var host = new FlowHost(new ActivityCatalogue([.. BuiltIn.Descriptors, .. DeskServices.Palette]), new VirtualClock(DateTimeOffset.UnixEpoch), RehearsalHall.Options, RehearsalHall.Values);
        var store = new MemoryFlowStore();
        var engine = new FlowEngine(host, store, NoServices.Instance);
        foreach (var document in ordered) await engine.PublishAsync((await engine.ImportDraftAsync(document, ct)).DefinitionId, ct);

        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var activity in read.SelectMany(d => d.Root.WithDescendants()))
            if ((activity.Json["within"] as JsonObject)?["expression"] is JsonObject expression && expression["type"]?.ToString() == "Literal" && int.TryParse(expression["value"]?.ToString(), out var days))
                limits.TryAdd(activity.Id, days);
        return new RehearsalFlows(store, host, main, limits);
    }

    public static string KindOf(FlowDocument document) =>
        document.CustomProperties["BanBuCheng.Kind"]?.ToString() ?? (document.Options.UsableAsActivity ? "Part" : document.Root.WithDescendants().Any(a => a.Type.StartsWith("BanBuCheng.", StringComparison.Ordinal)) ? "Case" : "Plain");

    /// <summary>A hall for one case, at an instant.</summary>
    internal (RehearsalHall Hall, MemoryFlowStore Store, FlowEngine Engine, VirtualClock Clock) Open(RehearsalWorld world, DateTimeOffset at, bool keepsJournal = false)
    {
        var clock = new VirtualClock(at);
        var store = new MemoryFlowStore { KeepsJournal = keepsJournal };
        store.TakeDefinitions(_definitions);
        var hall = new RehearsalHall(world, clock);
        var ids = 0L;
        var engine = new FlowEngine(_host.At(clock, () => Numbered(++ids)), store, hall);
        hall.RunsOn(engine);
        return (hall, store, engine, clock);
    }

    /// <summary>Ids in order: what is due in the same instant fires in the order in which it was set, in every run.</summary>
    private static Guid Numbered(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        return new Guid(bytes, bigEndian: true);
    }
}
