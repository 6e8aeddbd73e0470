namespace BanBuCheng.Desk.Steps;

/// <summary>办件 id. Opaque and sortable by time; never shown to a citizen (who has the case number).</summary>
public readonly record struct CaseId(Guid Value) : IComparable<CaseId>
{
    public int CompareTo(CaseId other) => Value.CompareTo(other.Value);

    // In queries these become the database's own comparison, for lists that page by (instant, id).
    public static bool operator <(CaseId left, CaseId right) => left.CompareTo(right) < 0;
    public static bool operator >(CaseId left, CaseId right) => left.CompareTo(right) > 0;
    public static bool operator <=(CaseId left, CaseId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(CaseId left, CaseId right) => left.CompareTo(right) >= 0;

    public static CaseId Next(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));
    public static bool TryParse(string? text, out CaseId id)
    {
        var parsed = Guid.TryParse(text, out var value);
        id = new CaseId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}

/// <summary>待办 id; equal to the id of the flow wait it answers, so completing a task wakes exactly that wait.</summary>
public readonly record struct TaskId(Guid Value) : IComparable<TaskId>
{
    public int CompareTo(TaskId other) => Value.CompareTo(other.Value);

    // In queries these become the database's own comparison, for lists that page by (instant, id).
    public static bool operator <(TaskId left, TaskId right) => left.CompareTo(right) < 0;
    public static bool operator >(TaskId left, TaskId right) => left.CompareTo(right) > 0;
    public static bool operator <=(TaskId left, TaskId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(TaskId left, TaskId right) => left.CompareTo(right) >= 0;

    public static TaskId Next(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));
    public override string ToString() => Value.ToString("D");
}

/// <summary>工作人员 id.</summary>
public readonly record struct StaffId(Guid Value)
{
    public static StaffId Next(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));
    public override string ToString() => Value.ToString("D");
}

/// <summary>Id of an outgoing SMS row, which is also the idempotency key given to the gateway.</summary>
public readonly record struct SmsId(Guid Value)
{
    public static SmsId Next(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));
    public override string ToString() => Value.ToString("D");
}
