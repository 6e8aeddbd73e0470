namespace BanBuCheng.Engine;

/// <summary>
/// Read-only values that the host offers to expressions beside variables and inputs, for example <c>difficulty</c> and
/// <c>serviceCase</c> of the instance's case. Asked lazily, at most once per name and burst; never cached between instances.
/// </summary>
public interface IHostValues
{
    /// <summary>Names that exist whatever the instance, so that a document's names can be checked.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The value for the instance's correlation id: null, bool, number, string, or dictionaries and lists of these.</summary>
    ValueTask<object?> GetAsync(string name, string? correlationId, IServiceProvider services, CancellationToken ct);
}
