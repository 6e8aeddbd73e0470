using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Steps;

/// <summary>许多人同时办事，共用一次落盘：谁的没办成只退谁的，没落盘谁也不算办成。</summary>
public sealed class LaneHolds
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "六十四步同时来，每三步有一步出错：出错的一点不留，其余的一步不少，落盘比步数少得多")]
    public async Task A_failing_step_is_taken_back_alone()
    {
        await using var lane = new LaneDesk();
        var commits = 0;
        lane.Lane.Watch = moment => commits += moment is LaneMoment.BeforeCommit ? 1 : 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            try
            {
                await lane.StepAsync(i, async db =>
                {
                    await Task.Yield();
                    if (i % 3 == 2) throw new RefusedException("test.every-third");
                });
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        })));

        Assert.Equal(43, answers.Count(done => done));
        Assert.Equal(Enumerable.Range(0, 64).Where(i => i % 3 != 2), await lane.NumbersAsync());
        // Sixteen share a commit at most, and who failed is none of them: 43 steps in three commits when all came in time.
        Assert.InRange(commits, 3, 42);
    }

    [Fact(DisplayName = "落盘失败：一起的都没办成，各自重来，单独落盘，一个坏的不会再连累别人")]
    public async Task A_failing_commit_fails_all_of_it_and_each_tries_again()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var (failures, shared) = (0, 0);
        var lane = hall.Services.GetRequiredService<WriterLane>();
        lane.Watch = moment =>
        {
            if (moment is LaneMoment.HandedOver) shared++;
            if (moment is LaneMoment.BeforeCommit && shared > 0 && failures++ == 0) throw new SqliteException("disk I/O error", 10);
        };

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => hall.Door.SendAsync(new SetFact($"fact-{i}", $"{i}"), Actor.Clock, Ct), Ct)));

        Assert.True(failures > 1, "Expected several steps to share a COMMIT, and the first such COMMIT to fail.");
        Assert.Equal(24, await hall.ReadAsync(db => db.Facts.CountAsync(f => f.Name.StartsWith("fact-"), Ct)));
        Assert.Contains(hall.Log.Lines, line => line.Contains("lost a race", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "外键要到落盘才查出错的一步：别人照样办成，它自己办不成")]
    public async Task A_step_that_poisons_the_commit_fails_by_itself()
    {
        await using var lane = new LaneDesk();
        await lane.StepAsync(0, db => db.ExecuteAsync("CREATE TABLE child (id INTEGER PRIMARY KEY, of INTEGER REFERENCES numbers(n) DEFERRABLE INITIALLY DEFERRED)"));
        async Task<bool> TryAsync(int i, bool poison)
        {
            for (var alone = false; ; alone = true)
            {
                try
                {
                    await lane.StepAsync(i, db => poison ? db.ExecuteAsync("INSERT INTO child (of) VALUES (-1)") : Task.CompletedTask, alone);
                    return true;
                }
                catch (SharedCommitFailedException) when (!alone)
                {
                    // As the door does it: once more, and alone.
                }
                catch (SharedCommitFailedException)
                {
                    return false;
                }
            }
        }

        var answers = await Task.WhenAll(Enumerable.Range(1, 30).Select(i => Task.Run(() => TryAsync(i, poison: i == 7), Ct)));
        Assert.Equal([7], Enumerable.Range(1, 30).Where(i => !answers[i - 1]));
        Assert.Equal(Enumerable.Range(0, 31).Where(i => i != 7), await lane.NumbersAsync());
    }

    [Fact(DisplayName = "排队时走开的人不占位置；轮到了再走开，只退他自己的")]
    public async Task Who_gives_up_leaves_the_lane_to_the_next()
    {
        await using var lane = new LaneDesk();
        var first = await lane.Lane.EnterAsync(Ct);
        using var leaving = new CancellationTokenSource();
        var gone = lane.StepAsync(1, _ => Task.CompletedTask, ct: leaving.Token);
        var stays = lane.StepAsync(2, _ => Task.CompletedTask);
        using var late = new CancellationTokenSource();
        var cutOff = lane.StepAsync(3, async _ =>
        {
            await late.CancelAsync();
            late.Token.ThrowIfCancellationRequested();
        }, ct: late.Token);
        var last = lane.StepAsync(4, _ => Task.CompletedTask);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await first.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cutOff);
        await Task.WhenAll(stays, last);
        Assert.Equal([2, 4], await lane.NumbersAsync());
    }

    [Fact(DisplayName = "先来先办；一大批到点的定时排着，有人来办事最多让它一步")]
    public async Task People_keep_their_order_and_overtake_the_clock()
    {
        await using var lane = new LaneDesk();
        var order = new List<string>();
        var gate = await lane.Lane.EnterAsync(Ct);
        var clock = Enumerable.Range(0, 12).Select(i => lane.StepAsync(100 + i, Says($"c{i}"), pace: Pace.Background)).ToList();
        var people = Enumerable.Range(0, 4).Select(i => lane.StepAsync(i, Says($"p{i}"))).ToList();
        await gate.DisposeAsync();
        await Task.WhenAll([.. clock, .. people]);

        Assert.Equal(["c0", "p0", "c1", "p1", "c2", "p2", "c3", "p3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11"], order);

        Func<LaneDesk.Writer, Task> Says(string who) => _ =>
        {
            order.Add(who);
            return Task.CompletedTask;
        };
    }

    [Fact(DisplayName = "第一个做完的没有一直等下去：十六步，或者五毫秒，就落盘")]
    public async Task A_group_is_closed_in_time()
    {
        await using var lane = new LaneDesk();
        var (steps, largest) = (0, 0);
        lane.Lane.Watch = moment => (steps, largest) = moment is LaneMoment.HandedOver ? (steps + 1, largest) : (0, Math.Max(largest, steps + 1));
        var gate = await lane.Lane.EnterAsync(Ct);
        var all = Enumerable.Range(0, 100).Select(i => lane.StepAsync(i, _ => Task.CompletedTask)).ToList();
        await gate.DisposeAsync();
        await Task.WhenAll(all);
        Assert.InRange(largest, 2, 16);

        // Whoever takes longer than the first may wait closes the group by being done.
        (steps, largest) = (0, 0);
        gate = await lane.Lane.EnterAsync(Ct);
        all = [.. Enumerable.Range(200, 5).Select(i => lane.StepAsync(i, _ => Task.Delay(12, Ct)))];
        await gate.DisposeAsync();
        await Task.WhenAll(all);
        Assert.InRange(largest, 1, 2);
    }

    [Fact(DisplayName = "交接以后、落盘以前停电：没告诉过谁办成了，开机也一步都没有")]
    public async Task Nothing_of_an_open_group_survives_a_power_cut()
    {
        await using var lane = new LaneDesk();
        var (answered, open) = (new List<int>(), new List<int>());
        var cuts = new List<(string Folder, int[] Answered, int[] Open)>();
        lane.Lane.Watch = moment =>
        {
            if (cuts.Count < 20)
                lock (answered) cuts.Add((lane.Copy(), [.. answered], [.. open]));
            if (moment is LaneMoment.BeforeCommit) open.Clear();
        };
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            await lane.StepAsync(i, _ =>
            {
                open.Add(i);
                return Task.CompletedTask;
            });
            lock (answered) answered.Add(i);
        }, Ct)));

        Assert.Contains(cuts, cut => cut.Open.Length > 1);
        foreach (var cut in cuts)
        {
            var found = await LaneDesk.NumbersAsync(cut.Folder);
            Assert.Empty(cut.Answered.Except(found));
            Assert.Empty(cut.Open.Intersect(found));
        }
    }

    [Theory(DisplayName = "绕开车道写数据库的，数据库自己拒绝")]
    [InlineData("INSERT INTO desk_facts (name, value) VALUES ('x', 'y')")]
    [InlineData("DELETE FROM flow_log")]
    [InlineData("DROP TABLE desk_facts")]
    public async Task Nobody_writes_past_the_lane(string sql)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        // Twice: a connection that comes back from the pool still knows.
        for (var i = 0; i < 2; i++)
        {
            var refused = await Assert.ThrowsAsync<SqliteException>(() => hall.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
            Assert.Equal(8, refused.SqliteErrorCode); // SQLITE_READONLY
        }
    }

    [Fact(DisplayName = "日志长不过头：办得再多，日志文件也只有那么大，关门以后是空的")]
    public async Task The_log_does_not_grow_without_end()
    {
        await using var lane = new LaneDesk();
        await lane.StepAsync(0, db => db.ExecuteAsync("CREATE TABLE wide (id INTEGER PRIMARY KEY, text TEXT)"));
        for (var i = 1; i <= 1500; i++) await lane.StepAsync(i, db => db.ExecuteAsync("INSERT INTO wide (text) VALUES (hex(zeroblob(20000)))"));
        // Fifteen thousand frames went through it; without anybody seeing to it the log would be 62 MB.
        Assert.InRange(new FileInfo(lane.File + "-wal").Length, 1, 50_000_000);
        var file = lane.File;
        lane.Lane.Dispose();
        Assert.False(System.IO.File.Exists(file + "-wal") && new FileInfo(file + "-wal").Length > 0);
    }
}
