using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>
/// 试错的门闩 — five wrong tries for one number within fifteen minutes shut it for fifteen. In memory on purpose: a restart or a second
/// node gives at most five more tries out of a million codes, and the rate limit per address stands before it. A number that does not
/// exist is counted like any other, so the latch tells nothing.
/// </summary>
internal sealed class QueryGuard(TimeProvider clock)
{
    public const int MostTries = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private const int MostNumbers = 20_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Since, DateTimeOffset? ShutUntil)> _tries = [];

    /// <summary>Until when the number is shut; null when it may be tried.</summary>
    public DateTimeOffset? ShutUntil(string? number)
    {
        lock (_lock) return _tries.TryGetValue(Key(number), out var known) && known.ShutUntil > clock.GetUtcNow() ? known.ShutUntil : null;
    }

    /// <returns>Until when it is shut now; null when there are tries left.</returns>
    public DateTimeOffset? Wrong(string? number)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_tries.Count >= MostNumbers) Forget(now);
            var known = _tries.GetValueOrDefault(Key(number));
            var wrong = known.Wrong > 0 && known.ShutUntil is null && now - known.Since < Window ? known.Wrong + 1 : 1;
            var since = wrong == 1 ? now : known.Since;
            DateTimeOffset? shut = wrong >= MostTries ? now + Window : null;
            _tries[Key(number)] = (wrong, since, shut);
            return shut;
        }
    }

    public void Right(string? number)
    {
        lock (_lock) _tries.Remove(Key(number));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, tries) in _tries.ToArray())
        {
            if (now - tries.Since >= Window && !(tries.ShutUntil > now)) _tries.Remove(key);
        }

        // Somebody floods us with numbers: the oldest go first, the per-address limit holds the rest.
        if (_tries.Count >= MostNumbers)
        {
            foreach (var key in _tries.OrderBy(t => t.Value.Since).Take(MostNumbers / 2).Select(t => t.Key).ToArray()) _tries.Remove(key);
        }
    }

    private static string Key(string? number) => CaseNumber.Normalise(number) ?? (number?.Trim() is { Length: > 0 } typed ? typed[..Math.Min(typed.Length, 40)] : "");
}
