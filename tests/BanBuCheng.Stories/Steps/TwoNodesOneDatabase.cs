using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Steps;

/// <summary>两台机器，一个数据库：哪一步在哪台办都行，同一件事只办成一次。</summary>
public sealed class TwoNodesOneDatabase
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "一件事的各步轮流在两台机器上办，一直办到办结")]
    public async Task Any_node_takes_any_step()
    {
        await using var one = await Hall.OpenAsync(Database.PostgreSql, "2026-03-02 09:00");
        await using var two = one.AnotherNode();
        var accepted = await two.AcceptsAsync();
        await one.JudgesAsync(accepted.Number);
        await two.MarketAgreesAsync(accepted.Number);
        await one.DoesAsync("温敬之", accepted.Number, "站长看方案", "方案可行");
        await two.DraftsAsync(accepted.Number);
        await one.DoAsync("段小禾", new RecordTelling(accepted.Id, DeliveryWay.Phone, "本人接的。"));
        await two.DoesAsync("安素心", accepted.Number, "回访", "解决了");

        Assert.Equal(CaseState.Closed, (await one.CaseAsync(accepted.Number)).Case.State);
        Assert.Equal((0, 0), await one.FlowsLeftAsync());
    }

    [Fact(DisplayName = "八件事，每件的待办在两台机器上同时被办：每件一台办成，另一台知道有人先办了")]
    public async Task Of_two_nodes_at_one_task_one_wins()
    {
        await using var one = await Hall.OpenAsync(Database.PostgreSql, "2026-03-02 09:00");
        await using var two = one.AnotherNode();
        var tasks = new List<TaskId>();
        for (var i = 0; i < 8; i++) tasks.Add((await one.TaskAsync("段小禾", (await one.AcceptsSimpleAsync($"1003000000{i}")).Number, "窗口办理")).TaskId);

        var answers = await Task.WhenAll(tasks.SelectMany(task => new[] { one, two }.Select(node => Task.Run(async () =>
        {
            try
            {
                await node.DoAsync("段小禾", HallWork.Completing(task, "办成了", ("text", "今天就办好了。")));
                return (task, Code: "won");
            }
            catch (RefusedException refused)
            {
                return (task, refused.Code);
            }
        }, Ct))));

        foreach (var one_task in answers.GroupBy(a => a.task)) Assert.Equal(["task.someone-was-first", "won"], one_task.Select(a => a.Code).Order());
        await one.Services.GetRequiredService<IDueWork>().DrainAsync(Ct);
        Assert.Equal(8, await one.RowsAsync("case_notices"));
    }
}
