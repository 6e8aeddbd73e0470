using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Desk.Steps;

/// <summary>
/// The one door for state changes: pages, endpoints and clock jobs send a step here with the actor who asks. Each attempt has a
/// scope (and so a database context) of its own; losing a race is tried again, being refused is not.
/// </summary>
public sealed partial class StepDoor(IServiceScopeFactory scopes, IBell bell, ILogger<StepDoor> log)
{
    private const int MaxAttempts = 4;

    /// <exception cref="RefusedException">The business says no; nothing was changed.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Others were faster, again and again; nothing was changed.</exception>
    public async Task<T> SendAsync<T>(IStep<T> step, Actor actor, CancellationToken ct)
    {
        var isAlone = false;
        for (var attempt = 1; ; attempt++)
        {
            await using var services = scopes.CreateAsyncScope();
            var scope = services.ServiceProvider.GetRequiredService<StepScope>();
            (scope.Actor, scope.IsAlone) = (actor, isAlone);
            try
            {
                var result = await services.ServiceProvider.GetRequiredService<IMediator>().Send(step, ct);
                foreach (var due in scope.Bells) bell.Ring(due);
                return result;
            }
            catch (Exception lost) when (attempt < MaxAttempts && LostRaces.Is(lost))
            {
                TriedAgain(log, step.GetType().Name, attempt);
                isAlone = lost is SharedCommitFailedException;
            }
        }
    }

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "{Step} lost a race, attempt {Attempt}; trying again in a new scope")]
    private static partial void TriedAgain(ILogger log, string step, int attempt);
}
