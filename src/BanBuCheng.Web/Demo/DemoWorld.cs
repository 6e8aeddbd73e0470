using BanBuCheng.Desk.Rehearsal;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Web.Demo;

/// <summary>The invented district as a rehearsal takes it, for verbs that need no database: its offices and people, the calendar and policy that ship.</summary>
internal static class DemoWorld
{
    public static RehearsalWorld World { get; } = new()
    {
        Units = DemoPeople.Units,
        People = [.. DemoPeople.People.Select(p => new RehearsalPerson(p.Login, p.Name, p.Unit, p.Roles))],
    };

    public static ICaseVocabulary Vocabulary(VirtualClock clock, MemoryFlowStore store) => new DeskVocabulary(World, clock, store);
}
