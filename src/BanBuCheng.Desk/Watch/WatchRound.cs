using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Watch;

/// <summary>
/// A probe's walk through all open cases and all flow instances, a slice with each look, so that a look costs the same with a hundred and
/// with a million. What was found is looked at again every time, until it is well. One node's, in memory; not for several threads.
/// </summary>
/// <remarks>A hall with fewer than a slice is seen whole each time. The nightly check looks at everything in one night.</remarks>
public sealed class WatchRound
{
    /// <summary>Open cases of one look, and numbers of instances, most of which ended long ago.</summary>
    public const int Slice = 2_000, Instances = 20_000;

    private readonly HashSet<CaseId> _unheld = [], _flowless = [];
    private readonly HashSet<long> _stuck = [];
    private CaseId _case;
    private long _instance;

    public async Task<WatchFound> GoOnAsync(DeskDb db, CancellationToken ct)
    {
        await CasesAsync(db, ct);
        await InstancesAsync(db, ct);
        return new WatchFound(_unheld.Count, _flowless.Count, _stuck.Count);
    }

    private async Task CasesAsync(DeskDb db, CancellationToken ct)
    {
        var after = _case;
        var slice = await db.Cases.AsNoTracking().Where(c => c.State == CaseState.Open && c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(Slice).ToListAsync(ct);
        _case = slice.Count < Slice ? default : slice[^1];
        List<CaseId> look = [.. slice.Union(_unheld).Union(_flowless)];
        _unheld.Clear();
        _flowless.Clear();
        foreach (var some in look.Chunk(500))
        {
            _unheld.UnionWith(await BallWatch.UnheldAsync(db, some, ct));
            _flowless.UnionWith(await BallWatch.WithoutFlowAsync(db, some, ct));
        }
    }

    private async Task InstancesAsync(DeskDb db, CancellationToken ct)
    {
        var (found, next) = await FlowHealth.StuckAsync(db, _instance, Instances, ct);
        _instance = next ?? 0;
        var again = _stuck.ToList();
        var still = again.Count == 0 ? [] : await FlowHealth.Stuck(db).Where(i => again.Contains(i.No)).Select(i => i.No).ToListAsync(ct);
        _stuck.Clear();
        _stuck.UnionWith(still.Concat(found.Select(i => i.No)));
    }
}

/// <summary>How many were found that should not be.</summary>
/// <param name="Unheld">Open cases that nobody has.</param>
/// <param name="Flowless">Open cases for which no flow runs any more: whatever is done about them, nothing follows.</param>
/// <param name="Stuck">Running flow instances that nothing can wake and nobody was told about.</param>
public sealed record WatchFound(int Unheld, int Flowless, int Stuck);
