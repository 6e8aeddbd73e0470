namespace BanBuCheng.Desk.Flows;

/// <summary>The shipped documents beside the program, and their way into the database.</summary>
public sealed class FlowShelf
{
    private readonly Task _done = Task.CompletedTask;
    public Task ImportAsync(CancellationToken ct) => ct.IsCancellationRequested ? Task.FromCanceled(ct) : _done;
}
