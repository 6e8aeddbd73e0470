using System.Collections.Concurrent;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Rehearsal;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>What was asked to be rehearsed.</summary>
/// <param name="Flow">The main flow that was chosen.</param>
/// <param name="Documents">The version asked about, with everything it uses.</param>
/// <param name="Before">The version it is held against; null for none.</param>
internal sealed record RehearsalOrder(string Flow, string Title, IReadOnlyList<string> Documents, IReadOnlyList<string>? Before, bool Closed, int Cases, DateOnly From, long Seed);

/// <summary>One rehearsal of one person: running, done, or broken off. In memory only.</summary>
internal sealed class RehearsalJob(RehearsalOrder order) : IDisposable
{
    private int _done, _all = 1;

    public RehearsalOrder Order { get; } = order;
    public CancellationTokenSource Stop { get; } = new();
    public RehearsalReport? Report { get; set; }
    public string? Fault { get; set; }
    public bool Ended => Report is not null || Fault is not null;
    public int Percent => _all == 0 ? 0 : Math.Clamp(_done * 100 / _all, 0, 100);

    public void Moved(int done, int all)
    {
        _all = all;
        if (done > _done) _done = done;
    }

    public void Dispose() => Stop.Dispose();
}

/// <summary>
/// Rehearsals that run behind the pages: one at a time for each person, a few in all, lost with a restart. Nothing of them is stored, so that a
/// rehearsal can never be mistaken for what happened.
/// </summary>
internal sealed class RehearsalJobs(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime) : IDisposable
{
    public const int MostCases = 5_000;
    private const int MostAtOnce = 2;
    private readonly ConcurrentDictionary<string, RehearsalJob> _jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _room = new(MostAtOnce);

    public RehearsalJob? Of(string login) => _jobs.GetValueOrDefault(login);

    /// <returns>False while one of this person's is still running.</returns>
    public bool TryStart(string login, RehearsalOrder order)
    {
        if (_jobs.TryGetValue(login, out var before) && !before.Ended) return false;
        var job = new RehearsalJob(order);
        _jobs[login] = job;
        _ = Task.Run(() => RunAsync(job));
        return true;
    }

    public void Stop(string login)
    {
        if (_jobs.TryGetValue(login, out var job) && !job.Ended) job.Stop.Cancel();
    }

    public void Dispose() => _room.Dispose();

    private async Task RunAsync(RehearsalJob job)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(job.Stop.Token, lifetime.ApplicationStopping);
        try
        {
            await _room.WaitAsync(either.Token);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
                var world = await ClosedCases.WorldAsync(db, scope.ServiceProvider.GetRequiredService<DeadlineBook>(), scope.ServiceProvider.GetRequiredService<IOptions<HallOptions>>().Value, either.Token);
                var order = job.Order;
                var profile = new RehearsalProfile { LateShare = order.Closed ? 0 : 0.03 };
                IReadOnlyList<PlannedCase> plans;
                if (order.Closed) (plans, profile) = await ClosedCases.ReadAsync(db, world, order.Cases, either.Token);
                else plans = GeneratedCases.Of(world, profile, order.Seed, order.Cases, order.From);
                if (plans.Count == 0)
                {
                    job.Fault = "还没有办结的办件，先用生成的试试。";
                    return;
                }

                job.Report = await Rehearsals.RunAsync(world, profile, order.Seed, plans, order.Documents, order.Before, job.Moved, either.Token);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (OperationCanceledException)
        {
            job.Fault = "停下来了，什么也没有改动。";
        }
        catch (FormatException unreadable)
        {
            job.Fault = unreadable.Message;
        }
#pragma warning disable CA1031 // Nobody awaits this task: what goes wrong in it is told on the page.
        catch (Exception broken)
        {
            job.Fault = $"推演中断了：{broken.Message}";
        }
#pragma warning restore CA1031
    }
}
