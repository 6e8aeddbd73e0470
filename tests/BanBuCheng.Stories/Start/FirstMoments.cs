using BanBuCheng.Desk.Database;
using BanBuCheng.Web;
using Xunit;

namespace BanBuCheng.Stories.Start;

/// <summary>开门前后的头几秒：先热身，先让人看见第一页。</summary>
public sealed class FirstMoments
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(DisplayName = "热身的存一次、跑一次脚本真的走得通：出了错没有人会知道")]
    public async Task What_is_done_ahead_works()
    {
        await FirstSave.RehearseAsync(Ct);
        await WarmUp.ScriptAsync(Ct);
    }

    [Fact(DisplayName = "有人等着看的，别的事等到第一页出来；没有人看的不等")]
    public async Task Others_wait_for_the_first_page()
    {
        var unseen = new FirstPage();
        Assert.True(unseen.PassedAsync(Ct).IsCompletedSuccessfully);

        var first = new FirstPage();
        first.Await();
        var passed = first.PassedAsync(Ct);
        Assert.False(passed.IsCompleted);
        first.Seen();
        await passed;
        Assert.True(first.PassedAsync(Ct).IsCompletedSuccessfully);
    }

    [Fact(DisplayName = "关门的时候没有人来看过：不再等，也不做")]
    public async Task Who_waits_gives_up_with_the_host()
    {
        var first = new FirstPage();
        first.Await();
        using var stop = new CancellationTokenSource();
        var passed = first.PassedAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => passed);
    }
}
