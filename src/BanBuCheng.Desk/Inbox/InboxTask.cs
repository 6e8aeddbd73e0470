using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Inbox;

/// <summary>
/// 待办 — one thing a person is asked to do by a flow. Its id is the id of the flow wait it answers. Assigned to a role, a unit or a
/// person; held by the person who took it.
/// </summary>
public sealed class InboxTask
{
    private InboxTask() { }

    public static InboxTask Open(TaskId id, TaskRequest request, DateTimeOffset now) => new()
    {
        Id = id,
        CaseId = request.CaseId,
        InstanceId = request.InstanceId,
        ActivityId = request.ActivityId,
        Purpose = request.Purpose,
        Title = request.Title,
        Instructions = request.Instructions,
        FormHash = request.FormHash,
        Outcomes = [.. request.Outcomes],
        AssignedRole = request.Assignee.Role,
        AssignedUnit = request.Assignee.Unit,
        AssignedPerson = request.Assignee.Person,
        HolderLogin = request.Assignee.Person,
        Excluded = request.Excluded.Count == 0 ? null : $"|{string.Join('|', request.Excluded.Distinct())}|",
        Round = request.Round,
        WithinDays = request.WithinDays,
        DueOn = request.DueOn,
        DueAt = request.DueAt,
        SortAt = request.DueAt ?? DateTimeOffset.MaxValue.AddYears(-1000),
        OpenedAt = now,
    };

    public TaskId Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public Guid InstanceId { get; private set; }

    /// <summary>The activity's id as drawn; the same over versions unless redrawn.</summary>
    public string ActivityId { get; private set; } = "";

    /// <summary>What completing it does besides waking the flow.</summary>
    public TaskPurpose Purpose { get; private set; }
    public string Title { get; private set; } = "";
    public string Instructions { get; private set; } = "";

    /// <summary>SHA-256 of the form's JSON Schema in <c>task_forms</c>; null for a task without a form.</summary>
    public string? FormHash { get; private set; }
    public List<string> Outcomes { get; private set; } = [];
    public string? AssignedRole { get; private set; }
    public string? AssignedUnit { get; private set; }
    public string? AssignedPerson { get; private set; }

    /// <summary>Who must not do it (the return visitor is never the handler, the second key never the first): <c>|login|login|</c>, null for nobody.</summary>
    public string? Excluded { get; private set; }
    public string? HolderLogin { get; private set; }
    public string? HolderName { get; private set; }
    public DateTimeOffset? HeldAt { get; private set; }
    public int Round { get; private set; } = 1;
    public int? WithinDays { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Never null, so that lists page by (SortAt, Id).</summary>
    public DateTimeOffset SortAt { get; private set; }
    public TaskState State { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? DoneByLogin { get; private set; }
    public string? DoneByName { get; private set; }
    public string? Outcome { get; private set; }

    /// <summary>The form as handed in, JSON.</summary>
    public string? Answer { get; private set; }
    public int Version { get; private set; }

    /// <summary>Whether this person may do it now: it is open, asked of them or theirs, and in nobody else's hands.</summary>
    public bool IsOpenTo(Actor actor) =>
        State is TaskState.Open && TaskGuards.IsFor(this, actor) && !Excludes(actor.Login) && (HolderLogin is null || HolderLogin == actor.Login);

    public bool Excludes(string login) => Excluded?.Contains($"|{login}|", StringComparison.Ordinal) == true;

    public void Claim(Actor actor, DateTimeOffset now)
    {
        GuardOpen();
        GuardPerson(actor);
        if (HolderLogin is not null && HolderLogin != actor.Login) throw Taken();
        HolderLogin = actor.Login;
        HolderName = actor.Name;
        HeldAt = now;
    }

    public void PutBack(Actor actor)
    {
        GuardOpen();
        if (HolderLogin != actor.Login) throw new RefusedException("task.not-yours");
        if (AssignedPerson is not null) throw new RefusedException("task.yours-alone");
        HolderLogin = HolderName = null;
        HeldAt = null;
    }

    public void Complete(Actor actor, string outcome, string? answer, DateTimeOffset now)
    {
        GuardOpen();
        GuardPerson(actor);
        if (HolderLogin is not null && HolderLogin != actor.Login) throw Taken();
        if (!Outcomes.Contains(outcome)) throw new RefusedException("task.outcome-unknown", "outcome");
        State = TaskState.Done;
        Outcome = outcome;
        Answer = answer;
        DoneByLogin = actor.Login;
        DoneByName = actor.Name;
        EndedAt = now;
    }

    /// <summary>Taken back by the flow before anybody finished it.</summary>
    public void Withdraw(bool overdue, DateTimeOffset now)
    {
        if (State != TaskState.Open) return;
        State = overdue ? TaskState.Overdue : TaskState.Withdrawn;
        EndedAt = now;
    }

    public void MoveDue(DateOnly dueOn, DateTimeOffset dueAt)
    {
        DueOn = dueOn;
        DueAt = SortAt = dueAt;
    }

    /// <exception cref="RefusedException"><c>task.someone-was-first</c>, <c>task.withdrawn</c></exception>
    public void GuardOpen()
    {
        if (State is TaskState.Done) throw Taken();
        if (State is not TaskState.Open) throw new RefusedException("task.withdrawn");
    }

    /// <exception cref="RefusedException"><c>task.not-the-handler</c>, <c>task.second-person-needed</c></exception>
    private void GuardPerson(Actor actor)
    {
        if (Excludes(actor.Login)) throw new RefusedException(Purpose is TaskPurpose.Visit ? "task.not-the-handler" : "task.second-person-needed");
    }

    private RefusedException Taken() => new("task.someone-was-first")
    {
        Facts = [("name", DoneByName ?? HolderName ?? HolderLogin ?? ""), ("at", (EndedAt ?? HeldAt ?? OpenedAt).ToString("O")), ("did", State is TaskState.Done ? "done" : "held")],
    };
}

public enum TaskState { Open, Done, Withdrawn, Overdue }

/// <summary>What a task is for, beyond asking for an outcome.</summary>
public enum TaskPurpose
{
    /// <summary>An ordinary 人工办理.</summary>
    Work,

    /// <summary>One department's part of 部门协同.</summary>
    Department,

    /// <summary>电话告知 — finishing it records that the citizen was told.</summary>
    TellByPhone,

    /// <summary>回访.</summary>
    Visit,

    /// <summary>旁边的事 — something owed beside the case, a reason or a receipt: whoever has it does not have the ball.</summary>
    Beside,
}

/// <summary>Who is asked: <c>role:CODE</c>, <c>unit:CODE</c> or <c>person:LOGIN</c>; exactly one is set.</summary>
public readonly record struct Assignee(string? Role, string? Unit, string? Person)
{
    /// <summary>Reads the document's form; null when it is none of the three.</summary>
    public static Assignee? Parse(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (text is null || colon < 1 || colon == text.Length - 1) return null;
        var code = text[(colon + 1)..].Trim();
        return text[..colon].Trim() switch
        {
            "role" => new Assignee(code, null, null),
            "unit" => new Assignee(null, code, null),
            "person" => new Assignee(null, null, code),
            _ => null,
        };
    }

    public override string ToString() => Role is not null ? $"role:{Role}" : Unit is not null ? $"unit:{Unit}" : $"person:{Person}";
}

/// <summary>Everything a flow says about a task it opens.</summary>
public sealed record TaskRequest
{
    public required CaseId CaseId { get; init; }
    public required Guid InstanceId { get; init; }
    public required string ActivityId { get; init; }
    public TaskPurpose Purpose { get; init; }
    public required string Title { get; init; }
    public string Instructions { get; init; } = "";
    public string? FormHash { get; init; }
    public required IReadOnlyList<string> Outcomes { get; init; }
    public required Assignee Assignee { get; init; }
    public IReadOnlyList<string> Excluded { get; init; } = [];
    public int Round { get; init; } = 1;
    public int? WithinDays { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}
