using System.Collections.Concurrent;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>
/// 在流程图上 — where a case stands on the picture of the version it runs in: what it has passed, where it waits, what can follow. Read from
/// the engine's journal and waits; the flows inside are one box each.
/// </summary>
public sealed class CaseProgress
{
    private const int Kept = 64;

    /// <summary>A version that runs never changes, so its outline is read once.</summary>
    private readonly ConcurrentDictionary<string, FlowShape> outlines = new(StringComparer.Ordinal);

    /// <returns>Null when no main flow was ever started for the case, or its version is gone.</returns>
    public async Task<FlowPicture?> OfAsync(DeskDb db, CaseId id, CancellationToken ct)
    {
        var correlation = id.ToString();
        var main = await db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.CorrelationId == correlation && i.ParentId == null)
            .Join(db.Set<FlowDefinitionRow>().AsNoTracking(), i => i.DefinitionVersionId, d => d.VersionId, (i, d) => new { i.Id, i.No, i.CreatedAt, i.DefinitionVersionId, d.Kind, d.Name })
            .Where(x => x.Kind == "Case").OrderByDescending(x => x.CreatedAt).FirstOrDefaultAsync(ct);
        if (main is null || await OutlineAsync(db, main.DefinitionVersionId, ct) is not { Boxes.Count: > 1 } shape) return null;

        var waits = await db.Set<FlowWaitRow>().AsNoTracking().Where(w => w.InstanceId == main.Id).Select(w => w.NodePath).ToListAsync(ct);
        var faults = await db.Set<FlowIncidentRow>().AsNoTracking().Where(i => i.InstanceId == main.Id && i.ResolvedAt == null).Select(i => i.NodePath).ToListAsync(ct);
        var packs = await db.Set<FlowLogRow>().AsNoTracking().Where(l => l.InstanceNo == main.No).OrderBy(l => l.FirstSeq).Select(l => new { l.Data, l.At }).ToListAsync(ct);
        var passed = packs.SelectMany(p => JournalLines.Read(p.Data, p.At)).Where(e => e.Kind is JournalKind.Completed).Select(e => TopOf(e.NodePath, inside: false));
        return Marked(shape, passed, waits.Select(w => TopOf(w, inside: true)), faults.Select(f => TopOf(f, inside: true)), main.Name ?? "");
    }

    internal static FlowPicture Marked(FlowShape shape, IEnumerable<string?> passed, IEnumerable<string?> waiting, IEnumerable<string?> faulty, string name)
    {
        var known = shape.Boxes.ToDictionary(b => b.Id, b => b.Caption, StringComparer.Ordinal);
        var marks = new Dictionary<string, FlowMark>(StringComparer.Ordinal);
        Mark(passed, FlowMark.Done);
        Mark(waiting, FlowMark.Here);
        Mark(faulty, FlowMark.Fault);
        var here = marks.Where(m => m.Value is FlowMark.Here or FlowMark.Fault).Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        var lines = new Dictionary<(string, string, string), FlowMark>();
        foreach (var line in shape.Lines)
        {
            if (here.Contains(line.From) && marks.TryAdd(line.To, FlowMark.Next) || here.Contains(line.From) && marks[line.To] is FlowMark.Next) lines[(line.From, line.Port, line.To)] = FlowMark.Next;
            else if (marks.GetValueOrDefault(line.From) is FlowMark.Done && marks.GetValueOrDefault(line.To) is FlowMark.Done or FlowMark.Here or FlowMark.Fault) lines[(line.From, line.Port, line.To)] = FlowMark.Done;
        }

        return new FlowPicture("progress", Sentence(name, shape, marks), shape) { Marks = marks, LineMarks = lines };

        void Mark(IEnumerable<string?> ids, FlowMark mark)
        {
            foreach (var id in ids.OfType<string>().Where(known.ContainsKey)) marks[id] = mark;
        }
    }

    private static string Sentence(string name, FlowShape shape, Dictionary<string, FlowMark> marks)
    {
        string Of(string words, params FlowMark[] which)
        {
            var captions = shape.Boxes.Where(b => which.Contains(marks.GetValueOrDefault(b.Id))).OrderBy(b => b.X).Select(b => b.Caption).ToList();
            return captions.Count == 0 ? "" : $"，{words}{string.Join("、", captions)}";
        }

        return $"{name}{Of("办过了", FlowMark.Done)}{Of("现在在", FlowMark.Here, FlowMark.Fault)}{Of("接下来可能是", FlowMark.Next)}";
    }

    private async Task<FlowShape?> OutlineAsync(DeskDb db, string versionId, CancellationToken ct)
    {
        if (outlines.TryGetValue(versionId, out var known)) return known;
        var text = await db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.VersionId == versionId).Select(d => d.Document).FirstOrDefaultAsync(ct);
        if (text is null || FlowReader.Read(text).Document is not { } document) return null;
        if (outlines.Count >= Kept) outlines.Clear();
        return outlines[versionId] = FlowShape.Of(document).Outline();
    }

    /// <summary>The box of the main flow that a node lies in; without <paramref name="inside"/> only the box itself.</summary>
    private static string? TopOf(string path, bool inside)
    {
        var parts = path.Split('/');
        return parts.Length < 2 || (!inside && parts.Length > 2) ? null : parts[1];
    }
}
