using BanBuCheng.Desk.Steps;
using Xunit;

namespace BanBuCheng.Stories.Given;

/// <summary>几个人同时按下.</summary>
internal static class AtOnce
{
    public const string Form = "form";

    /// <returns>In the order of the acts: the code one was refused with, <see cref="Form"/> for a form with faults, null for what was done. Anything else that is thrown fails the story.</returns>
    public static Task<string?[]> DoAsync(params Func<Task>[] acts) => Task.WhenAll(acts.Select(act => Task.Run(() => CodeAsync(act), TestContext.Current.CancellationToken)));

    /// <summary>The same of one act alone.</summary>
    public static async Task<string?> CodeAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
        catch (FormRejectedException)
        {
            return Form;
        }
    }

    /// <summary>One of them counts, the others are told this.</summary>
    public static void OneCounts(string code, IReadOnlyCollection<string?> answers)
    {
        Assert.Single(answers, answer => answer is null);
        Assert.All(answers.Where(answer => answer is not null), answer => Assert.Equal(code, answer));
    }
}
