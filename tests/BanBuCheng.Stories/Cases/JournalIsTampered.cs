using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Cases;

/// <summary>谁在库里动过办件流水，审计都看得出来。</summary>
public sealed class JournalIsTampered
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "没人动过的流水，审计没有话说；有新流水，五分钟一个检查点，没有就不做")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task An_honest_journal_passes(Database database)
    {
        await using var hall = await ThreeCasesAsync(database);
        Assert.Empty(await AuditAsync(hall));
        var before = await hall.RowsAsync("journal_checkpoints");
        Assert.True(before > 0);

        Assert.Null(await DueAsync(hall));
        await hall.AcceptsAsync(); // younger than the checkpoint
        Assert.Empty(await AuditAsync(hall));
        hall.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(await DueAsync(hall)); // a step could still be writing beside it
        hall.Clock.Advance(TimeSpan.FromMinutes(6));
        var due = (await DueAsync(hall))!;
        Assert.True(await hall.Door.SendAsync(due, Actor.Clock, Ct));
        Assert.False(await hall.Door.SendAsync(due, Actor.Clock, Ct)); // the other node's
        Assert.Equal(before + 1, await hall.RowsAsync("journal_checkpoints"));
        Assert.Null(await DueAsync(hall));
        hall.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await DueAsync(hall)); // nothing new
        Assert.Empty(await AuditAsync(hall));
        Assert.Equal("who.role-needed", (await HallWork.RefusedAsync(() => hall.DoAsync("袁博", due))).Code);
    }

    private static Task<MakeCheckpoint?> DueAsync(Hall hall) => hall.ReadAsync(db => Checkpoints.DueAsync(db, hall.Clock.GetUtcNow(), Ct));

    [Theory(DisplayName = "才写了十一分钟的一条，连链头一起改得自洽：检查点已经看得出")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task An_entry_of_eleven_minutes_ago_cannot_be_rewritten_unseen(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.AcceptsAsync();
        await hall.ItIsAsync("2026-03-02 09:11");
        await hall.TamperAsync(async db =>
        {
            var file = await db.Cases.SingleAsync(Ct);
            byte[] previous = [];
            foreach (var entry in await db.CaseJournal.AsNoTracking().OrderBy(e => e.Sequence).ToListAsync(Ct))
            {
                await db.CaseJournal.Where(e => e.Id == entry.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.ActorLogin, "moqing"), Ct);
                var hash = (await db.CaseJournal.AsNoTracking().SingleAsync(e => e.Id == entry.Id, Ct)).ComputeHash(previous);
                await db.CaseJournal.Where(e => e.Id == entry.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.Hash, hash), Ct);
                previous = hash;
            }

            return await db.Cases.Where(c => c.Id == file.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.JournalHead, previous), Ct);
        });
        Assert.Equal(JournalFault.CheckpointBroken, Assert.Single(await AuditAsync(hall)).What);
    }

    [Theory(DisplayName = "改一条、删一条、换位置、剪尾巴、连件带流水删掉：样样查得出")]
    [InlineData(Database.Sqlite, "UPDATE case_journal SET facts = '{}' WHERE sequence = 3", JournalFault.Edited)]
    [InlineData(Database.PostgreSql, "UPDATE case_journal SET facts = '{}' WHERE sequence = 3", JournalFault.Edited)]
    [InlineData(Database.Sqlite, "UPDATE case_journal SET actor_login = 'moqing' WHERE sequence = 2", JournalFault.Edited)]
    [InlineData(Database.Sqlite, "DELETE FROM case_journal WHERE sequence = 2", JournalFault.Removed)]
    [InlineData(Database.PostgreSql, "DELETE FROM case_journal WHERE sequence = 2", JournalFault.Removed)]
    [InlineData(Database.Sqlite, "DELETE FROM case_journal WHERE sequence = 1", JournalFault.Removed)]
    [InlineData(Database.Sqlite, "UPDATE case_journal SET sequence = 5 - sequence + 1000 WHERE sequence IN (2, 3); UPDATE case_journal SET sequence = sequence - 1000 WHERE sequence > 1000", JournalFault.Reordered)]
    [InlineData(Database.PostgreSql, "UPDATE case_journal SET sequence = 5 - sequence + 1000 WHERE sequence IN (2, 3); UPDATE case_journal SET sequence = sequence - 1000 WHERE sequence > 1000", JournalFault.Reordered)]
    [InlineData(Database.Sqlite, "DELETE FROM case_journal WHERE sequence > 4", JournalFault.TailCut)]
    [InlineData(Database.PostgreSql, "DELETE FROM case_journal WHERE sequence > 4", JournalFault.TailCut)]
    [InlineData(Database.Sqlite, "DELETE FROM case_journal; UPDATE cases SET journal_count = 0", JournalFault.TailCut)]
    [InlineData(Database.Sqlite, "DELETE FROM cases", JournalFault.CaseRemoved)]
    [InlineData(Database.Sqlite, "DELETE FROM case_journal WHERE case_id = (SELECT max(id) FROM cases); DELETE FROM cases WHERE id = (SELECT max(id) FROM cases)", JournalFault.CaseRemoved)]
    [InlineData(Database.PostgreSql, "DELETE FROM case_journal WHERE case_id = (SELECT id FROM cases ORDER BY id DESC LIMIT 1); DELETE FROM cases WHERE id = (SELECT id FROM cases ORDER BY id DESC LIMIT 1)", JournalFault.CaseRemoved)]
    [InlineData(Database.Sqlite, "UPDATE journal_checkpoints SET cases = cases - 1", JournalFault.CheckpointBroken)]
    public async Task Every_way_of_tampering_is_found(Database database, string sql, JournalFault expected)
    {
        await using var hall = await ThreeCasesAsync(database);
        await ExecuteAsync(hall, sql);
        var findings = await AuditAsync(hall);
        Assert.Contains(findings, f => f.What == expected);
        Assert.All(findings, f => Assert.NotEmpty(f.Message));
    }

    [Theory(DisplayName = "尾巴剪得干净，链头也改成一致：检查点看得出")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_tail_cut_with_a_forged_head_contradicts_the_checkpoint(Database database)
    {
        await using var hall = await ThreeCasesAsync(database);
        await ExecuteAsync(hall, "DELETE FROM case_journal WHERE sequence > 4; UPDATE cases SET journal_count = 4, journal_head = (SELECT hash FROM case_journal e WHERE e.case_id = cases.id AND e.sequence = 4)");
        Assert.Equal(JournalFault.CheckpointBroken, Assert.Single(await AuditAsync(hall)).What);
    }

    [Theory(DisplayName = "整个库都改得自洽，检查点也照着重算：没有密钥，封签还是不对")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Whoever_rewrites_everything_but_has_no_key_is_found(Database database)
    {
        await using var hall = await ThreeCasesAsync(database);
        var forger = new JournalSeal(new byte[32], null);
        await hall.TamperAsync(async db =>
        {
            // A case is taken out without a trace, and everything that counts it is counted anew, by the same arithmetic but another key.
            var gone = await db.Cases.OrderBy(c => c.Number).LastAsync(Ct);
            await db.CaseJournal.Where(e => e.CaseId == gone.Id).ExecuteDeleteAsync(Ct);
            await db.Cases.Where(c => c.Id == gone.Id).ExecuteDeleteAsync(Ct);
            await db.CaseSerials.ExecuteUpdateAsync(s => s.SetProperty(x => x.Last, x => x.Last - 1), Ct);
            byte[] previous = [];
            foreach (var checkpoint in await db.JournalCheckpoints.AsNoTracking().OrderBy(c => c.Id).ToListAsync(Ct))
            {
                var cut = CheckpointHeads.CutOf(checkpoint);
                var heads = (await db.CaseJournal.AsNoTracking().Where(e => e.Id <= cut).ToListAsync(Ct)).GroupBy(e => e.CaseId)
                    .Select(g => g.MaxBy(e => e.Sequence)!).Select(e => new CaseHead(e.CaseId, e.Sequence, e.Hash)).ToList();
                var digest = CheckpointHeads.Of(cut, heads);
                previous = forger.Of(previous, checkpoint.At, heads.Count, digest);
                var (id, hash) = (checkpoint.Id, previous);
                await db.JournalCheckpoints.Where(c => c.Id == id).ExecuteUpdateAsync(c => c
                    .SetProperty(x => x.Cases, heads.Count).SetProperty(x => x.Heads, digest).SetProperty(x => x.Hash, hash), Ct);
            }

            // Who looked with the forger's key would find nothing: the forgery is whole.
            Assert.True((await JournalAudit.VerifyAsync(db, forger, Ct)).Ok);
            return 0;
        });

        Assert.All(await AuditAsync(hall), f => Assert.Equal(JournalFault.CheckpointBroken, f.What));
        Assert.NotEmpty(await AuditAsync(hall));
    }

    [Theory(DisplayName = "最近的检查点连同后来的流水一起剪掉：数据目录里记着的那一个对不上")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Cutting_the_newest_checkpoints_off_is_found(Database database)
    {
        await using var hall = await ThreeCasesAsync(database);
        Assert.NotNull(hall.Services.GetRequiredService<JournalSeal>().Anchor());
        await ExecuteAsync(hall, "DELETE FROM journal_checkpoints WHERE id = (SELECT max(id) FROM journal_checkpoints)");
        Assert.Contains("数据目录里记着", Assert.Single(await AuditAsync(hall)).Message, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "刚受理、还没有检查点的一件，连流水一起删掉：编号断了号，看得出")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_case_younger_than_the_checkpoint_leaves_its_number_behind(Database database)
    {
        await using var hall = await ThreeCasesAsync(database);
        var number = (await hall.AcceptsAsync()).Number;
        await ExecuteAsync(hall, $"DELETE FROM case_journal WHERE case_id = (SELECT id FROM cases WHERE number = '{number}'); DELETE FROM cases WHERE number = '{number}'");
        var finding = Assert.Single(await AuditAsync(hall));
        Assert.Equal((JournalFault.CaseRemoved, number), (finding.What, finding.CaseNumber));
    }

    [Fact(DisplayName = "随便挑一条、随便动一列，没有查不出的")]
    public async Task Any_change_of_any_row_is_found()
    {
        await using var hall = await ThreeCasesAsync(Database.Sqlite);
        var seal = hall.Services.GetRequiredService<JournalSeal>();
        var ids = await hall.ReadAsync(db => db.CaseJournal.Select(e => e.Id).ToListAsync(Ct));
        string[] changes =
        [
            "UPDATE case_journal SET facts = facts || ' ' WHERE id = {0}", "UPDATE case_journal SET kind = kind || 'x' WHERE id = {0}",
            "UPDATE case_journal SET actor_login = '' WHERE id = {0} AND actor_login <> ''", "UPDATE case_journal SET actor_kind = 'Citizen' WHERE id = {0}",
            "UPDATE case_journal SET at = '2020-01-01 00:00:00' WHERE id = {0}", "UPDATE case_journal SET hash = zeroblob(32) WHERE id = {0}",
            "UPDATE case_journal SET sequence = sequence + 500 WHERE id = {0}", "DELETE FROM case_journal WHERE id = {0}",
        ];

        await Gen.Select(Gen.OneOf([.. ids.Select(Gen.Const)]), Gen.OneOf([.. changes.Select(Gen.Const)])).SampleAsync(async (id, change) => await hall.TamperAsync(async db =>
        {
            // Tampered with in a transaction that is never committed: the next sample finds the honest rows again.
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var changed = await db.Database.ExecuteSqlRawAsync(change, [id], Ct);
            return changed == 1 && !(await JournalAudit.VerifyAsync(db, seal, Ct)).Ok;
        }), iter: 100, threads: 1);
        Assert.Empty(await AuditAsync(hall));
    }

    private static async Task<Hall> ThreeCasesAsync(Database database)
    {
        var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        for (var i = 0; i < 3; i++)
        {
            hall.Clock.Advance(TimeSpan.FromMinutes(1));
            await hall.JudgesAsync((await hall.AcceptsAsync()).Number);
        }

        await hall.ItIsAsync("2026-03-02 10:10");
        return hall;
    }

    private static async Task<IReadOnlyList<JournalFinding>> AuditAsync(Hall hall) =>
        (await hall.ReadAsync(db => JournalAudit.VerifyAsync(db, hall.Services.GetRequiredService<JournalSeal>(), Ct))).Findings;

    private static async Task ExecuteAsync(Hall hall, string sql) => await hall.TamperAsync(async db =>
    {
        if (db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal)) await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF", Ct);
#pragma warning disable EF1002 // Constants of this file, with braces in them.
        return await db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Ct);
#pragma warning restore EF1002
    });
}
