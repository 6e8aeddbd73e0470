using BanBuCheng.Desk.Offices;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Flows;

/// <summary>The names that people know for what stands in a document: roles, units, kinds of boxes, ports, values of drop-downs.</summary>
public sealed class ReadableNames(IReadOnlyDictionary<string, string> units, IReadOnlyDictionary<string, string> people)
{
    private static readonly Dictionary<string, ActivityDescriptor> Known = BuiltIn.Descriptors.Concat(DeskServices.Palette).ToDictionary(d => d.Type, StringComparer.Ordinal);

    public static ActivityDescriptor? DescriptorOf(string type) => Known.GetValueOrDefault(type);

    /// <summary>人工办理, 部门协同 …; a flow used as a box is 一段流程.</summary>
    public static string KindOf(ActivityModel activity) => activity.WorkflowDefinitionId is not null ? "一段流程" : DescriptorOf(activity.Type)?.DisplayName ?? activity.Type;

    public static string PortOf(ActivityModel source, string? port)
    {
        if (port is null) return "完成";
        return DescriptorOf(source.Type)?.Ports.FirstOrDefault(p => p.Name == port)?.DisplayName ?? (port == "Done" ? "完成" : port);
    }

    /// <summary><c>role:STATION_HEAD</c> → 服务站站长.</summary>
    public string Assignee(string? text) => Inbox.Assignee.Parse(text) switch
    {
        { Role: { } role } => Roles.Captions.GetValueOrDefault(role, role),
        { Unit: { } unit } => Unit(unit),
        { Person: { } person } => people.GetValueOrDefault(person, person),
        _ => text ?? "没有指定的人",
    };

    public string Unit(string code) => units.GetValueOrDefault(code, code);
}
