using System.Collections.Concurrent;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>One document version made ready to run: an array of nodes with positions. Shared by threads, never changed.</summary>
public sealed class CompiledFlow
{
    private readonly ConcurrentDictionary<string, Script> _scripts = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _hostNames;

    internal CompiledFlow(
        FlowDocument document, string versionId, int version, Node[] nodes, IReadOnlySet<string> hostNames, IReadOnlyList<DocumentFinding> findings,
        IReadOnlyDictionary<string, string> unpinned)
    {
        Document = document;
        VersionId = versionId;
        Version = version;
        Nodes = nodes;
        _hostNames = hostNames;
        Findings = findings;
        Unpinned = unpinned;
        foreach (var node in nodes)
            foreach (var slot in node.Outputs)
            {
                OutputAccessors.TryAdd($"{slot.Name}From{AccessorNames.Pascal(node.Model.Name ?? node.Id)}", (node.Id, slot.Name));
                OutputAccessors.TryAdd($"{slot.Name}From{AccessorNames.Pascal(node.Id)}", (node.Id, slot.Name));
            }
    }

    public FlowDocument Document { get; }
    public string VersionId { get; }
    public int Version { get; }

    /// <summary>What compiling found beside what reading found: unknown types, recursion, expressions that do not parse.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; }

    /// <summary>Sub-flows whose reference names no existing version: definition id → the version that was taken. An instance keeps these.</summary>
    public IReadOnlyDictionary<string, string> Unpinned { get; }

    internal Node[] Nodes { get; }
    internal Node Root => Nodes[0];
    internal Dictionary<string, (string Activity, string Output)> OutputAccessors { get; } = new(StringComparer.Ordinal);

    internal Script ScriptOf(string text)
    {
        if (_scripts.TryGetValue(text, out var known)) return known;
        var script = new Script(text, _hostNames);
        // A script text that is computed anew each time must not fill the memory.
        if (_scripts.Count < 1_000) _scripts.TryAdd(text, script);
        return script;
    }

    /// <summary>Does a script mean one variable, input or output by this name, which therefore must exist?</summary>
    internal bool IsNamedAccessor(string name) => !_hostNames.Contains(name) && ScriptSession.IsNamedAccessor(name);
}
