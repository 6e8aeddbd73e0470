using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Demo;

/// <summary>How far a demo case has come when one looks in.</summary>
internal enum DemoEnd
{
    /// <summary>As far as it goes: answered, visited, closed.</summary>
    Closed,

    /// <summary>Nobody has done anything since the acceptance.</summary>
    AtTriage,

    /// <summary>A department has it.</summary>
    AtDepartment,

    /// <summary>Everything is known, the reply has to be written.</summary>
    AtReply,

    /// <summary>The reply is out, no report has come.</summary>
    AtDelivery,

    /// <summary>Told; somebody will ring and ask.</summary>
    AtVisit,

    /// <summary>The clock is paused: the citizen brings materials.</summary>
    Paused,

    /// <summary>A later date was asked for.</summary>
    Extended,

    /// <summary>The station asked the joint committee; it has not met yet.</summary>
    AtCommittee,
}

/// <summary>One invented case: who came, with what, how it was meant to go. Telephones begin with 100, which no carrier gives out.</summary>
/// <param name="DaysAgo">Working days before today on which it was accepted.</param>
internal sealed record DemoCase(int Index, int DaysAgo, string Name, ApplicantKind Kind, Difficulty Difficulty, string Lead, string[] Assisting, string Subject, string Story, string Item, DemoEnd End)
{
    public string Cause { get; init; } = "PROCESS";
    public string Policy { get; init; } = "NO_BARRIER";

    /// <summary>The clause it hangs on, where the policy is what stands in the way.</summary>
    public string Clause { get; init; } = "";
    public CaseOutcome Outcome { get; init; } = CaseOutcome.Resolved;
    public string Solution { get; init; } = "两家先把各自要的材料对齐，能互认的互认，缺的由窗口代为调取。";
    public string Reply { get; init; } = "您反映的事已经办成，可以凭身份证到大厅3号窗口领取，也可以打电话办邮寄。";
    public string[] Care { get; init; } = [];
    public Channel Channel { get; init; }
    public int Visits { get; init; } = 2;

    /// <summary>Working days after the acceptance on which the citizen needs it; null when they did not say.</summary>
    public int? NeededAfter { get; init; }
    public string NeededReason { get; init; } = "";

    /// <summary>The window itself could do it.</summary>
    public bool DoneAtWindow { get; init; }

    /// <summary>The joint committee is asked.</summary>
    public bool ToCommittee { get; init; }

    /// <summary>The carrier could not deliver, so somebody rings.</summary>
    public bool PhoneIsOff { get; init; }

    /// <summary>Drawn from the index alone, so that a seeding that was cut off goes on with the same cases.</summary>
    public Guid Key => new(0x0bbc5eed, 0, (short)Index, 0xbb, 0xc0, 0, 0, 0, 0, 0, 1);
    public string Phone => $"1000000{1000 + Index:0000}";
}
