using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>Variables live in their container's execution; who looks for one goes up from where it stands, and the nearest wins.</summary>
internal static class VariableLookup
{
    public static bool TryGet(Execution? from, string name, out object? value, bool skipOwn = false)
    {
        for (var at = from; at is not null; at = at.Owner)
        {
            if (at.Dynamic is { } dynamic)
                foreach (var variable in dynamic)
                    if (variable.Name == name) { value = variable.Value; return true; }
            var slots = skipOwn && ReferenceEquals(at, from) ? [] : at.Node.Variables;
            for (var i = 0; i < slots.Length; i++)
                if (slots[i].Name == name) { value = at.Values is { } cells ? cells[i] : slots[i].Default; return true; }
        }
        value = null;
        return false;
    }

    public static bool TryGetById(Execution? from, string id, out object? value, bool skipOwn = false)
    {
        for (var at = from; at is not null; at = at.Owner)
        {
            var slots = skipOwn && ReferenceEquals(at, from) ? [] : at.Node.Variables;
            for (var i = 0; i < slots.Length; i++)
                if (slots[i].Id == id) { value = at.Values is { } cells ? cells[i] : slots[i].Default; return true; }
        }
        // A loop's CurrentValue and a sub-flow's input have no id but their name.
        for (var at = from; at is not null; at = at.Owner)
            foreach (var variable in at.Dynamic ?? [])
                if (variable.Name == id) { value = variable.Value; return true; }
        value = null;
        return false;
    }

    public static bool TrySet(Execution? from, string name, object? value)
    {
        for (var at = from; at is not null; at = at.Owner)
        {
            if (at.Dynamic is { } dynamic && dynamic.Exists(v => v.Name == name)) { at.SetDynamic(name, value); return true; }
            var slots = at.Node.Variables;
            for (var i = 0; i < slots.Length; i++)
                if (slots[i].Name == name) { at.ValueCells()[i] = Conversion.To(value, slots[i].Type); return true; }
        }
        return false;
    }

    public static bool TrySetById(Execution? from, string id, object? value)
    {
        for (var at = from; at is not null; at = at.Owner)
        {
            var slots = at.Node.Variables;
            for (var i = 0; i < slots.Length; i++)
                if (slots[i].Id == id) { at.ValueCells()[i] = Conversion.To(value, slots[i].Type); return true; }
        }
        return false;
    }

    /// <summary>As a script does: the nearest of that name, or a new one in the nearest container that has variables.</summary>
    public static void SetOrMake(Execution from, string name, object? value)
    {
        if (TrySet(from, name, value)) return;
        var at = from;
        while (at.Owner is not null && !HoldsVariables(at.Node)) at = at.Owner;
        at.SetDynamic(name, value);
    }

    /// <summary>An output of an activity goes to the variable of that id, or to the output of that name of the nearest workflow.</summary>
    public static void Capture(Execution? from, string target, object? value)
    {
        for (var at = from; at is not null; at = at.Owner)
        {
            var slots = at.Node.Variables;
            for (var i = 0; i < slots.Length; i++)
                if (slots[i].Id == target) { at.ValueCells()[i] = Conversion.To(value, slots[i].Type); return; }
            if (at.Node.Workflow is not { } workflow) continue;
            foreach (var output in workflow.Outputs)
                if (output.Name == target) { (at.Outputs ??= new(StringComparer.Ordinal))[target] = value; return; }
        }
    }

    public static IEnumerable<string> Names(Execution? from, bool skipOwn = false)
    {
        for (var at = from; at is not null; at = at.Owner)
        {
            foreach (var variable in at.Dynamic ?? []) yield return variable.Name;
            if (skipOwn && ReferenceEquals(at, from)) continue;
            foreach (var slot in at.Node.Variables) yield return slot.Name;
        }
    }

    public static Execution NearestWorkflow(Execution from)
    {
        var at = from;
        while (at.Node.Workflow is null) at = at.Owner!;
        return at;
    }

    private static bool HoldsVariables(Node node) => node.Workflow is not null || node.Type is "Elsa.Flowchart" or "Elsa.Sequence" or "Elsa.Parallel";
}
