namespace BanBuCheng.Desk.Steps;

/// <summary>
/// The only way to write to SQLite: one lane, in which callers queue in the order they came. SQLite's own lock is not a queue
/// (whoever holds it takes it again while others sleep), so nobody may open a second writing connection past this gate.
/// On other databases the lane is open: rows are locked by the server.
/// </summary>
public sealed class WriterLane(bool singleLane) : IDisposable
{
    private readonly SemaphoreSlim? _gate = singleLane ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Waits for the lane; dispose the result to leave it. Cancellation only takes effect while still queueing.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken ct)
    {
        if (_gate is not null) await _gate.WaitAsync(ct);
        return new Turn(_gate);
    }

    public void Dispose() => _gate?.Dispose();

    /// <summary>A turn in the lane.</summary>
    public readonly struct Turn(SemaphoreSlim? gate) : IDisposable, IEquatable<Turn>
    {
        private readonly SemaphoreSlim? _gate = gate;

        public void Dispose() => _gate?.Release();

        public bool Equals(Turn other) => ReferenceEquals(_gate, other._gate);
        public override bool Equals(object? obj) => obj is Turn other && Equals(other);
        public override int GetHashCode() => _gate?.GetHashCode() ?? 0;
        public static bool operator ==(Turn left, Turn right) => left.Equals(right);
        public static bool operator !=(Turn left, Turn right) => !left.Equals(right);
    }
}
