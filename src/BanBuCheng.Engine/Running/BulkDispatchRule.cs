using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>Starts one child instance per item; with waiting, runs a port of its own for each that ends, and goes on after the last.</summary>
internal sealed class BulkDispatchRule : ContainerRule
{
    private const string Left = "left";

    public override async ValueTask StartAsync(Burst burst, Execution self, CancellationToken ct)
    {
        var items = ParallelForEachRule.Items(Burst.Input(self, "Items"));
        var definition = Plain.Text(Burst.Input(self, "WorkflowDefinitionId"));
        var waits = Burst.Input(self, "WaitForCompletion") is not { } given || Conversion.To<bool>(given);
        var key = Burst.Input(self, "DefaultItemInputKey") is { } named ? Plain.Text(named) : "Item";
        var common = Burst.Input(self, "Input") as IDictionary<string, object?>;
        foreach (var item in items)
        {
            var correlation = await burst.EvaluateAsync(self, "CorrelationIdFunction", ct, new Dictionary<string, object?> { ["$item"] = item, ["Item"] = item });
            var input = common is null ? new Dictionary<string, object?>(StringComparer.Ordinal) : new(common, StringComparer.Ordinal);
            if (item is IDictionary<string, object?> members) foreach (var (name, value) in members) input[name] = value;
            else input[key] = item;
            await burst.DispatchChildAsync(self, definition, correlation is null ? null : Plain.Text(correlation), input, waits, ct);
        }
        if (items.Count == 0 || !waits)
        {
            await burst.CompleteAsync(self, ["Done"], ct);
            return;
        }
        (self.State ??= [])[Left] = items.Count;
        Park(burst, self);
    }

    public override async ValueTask ResumeAsync(Burst burst, Execution self, WakeUp wakeUp, CancellationToken ct)
    {
        var left = self.State![Left]!.GetValue<int>() - 1;
        self.State[Left] = left;
        var hasFaulted = FlowStatusText(wakeUp) == nameof(FlowSubStatus.Faulted);
        if (left > 0) Park(burst, self);
        if (self.Node.Port(hasFaulted ? "childFaulted" : "childCompleted") is { } port)
            burst.Schedule(port, self, variables: [new("ChildInstanceId", wakeUp.Input["childInstanceId"]?.GetValue<string>())]);
        await EndIfDoneAsync(burst, self, ct);
    }

    public override ValueTask ChildCompletedAsync(Burst burst, Execution self, Execution child, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        EndIfDoneAsync(burst, self, ct);

    private static ValueTask EndIfDoneAsync(Burst burst, Execution self, CancellationToken ct) =>
        self.State![Left]!.GetValue<int>() > 0 || self.Queued > 0 || self.Children.Count > 0 ? default : burst.CompleteAsync(self, ["Completed", "Done"], ct);

    private static void Park(Burst burst, Execution self) =>
        burst.AddWait(self, new Wait(self.Node.Type) { Payload = new JsonObject { ["parentInstanceId"] = burst.Instance.Id.ToString() } });

    private static string? FlowStatusText(WakeUp wakeUp) => wakeUp.Input["subStatus"]?.GetValue<string>();
}
