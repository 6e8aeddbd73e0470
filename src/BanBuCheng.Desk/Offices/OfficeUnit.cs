namespace BanBuCheng.Desk.Offices;

/// <summary>机构 — a window, the service station, a department, the joint committee or the bureau.</summary>
public sealed class OfficeUnit
{
    private OfficeUnit() { }

    public static OfficeUnit Open(string code, string name, UnitKind kind, string phone, string address, int order) =>
        new() { Code = code, Name = name, Kind = kind, Phone = phone, Address = address, Order = order };

    /// <summary>Short code used in flows (<c>unit:HEALTH</c>); never changes.</summary>
    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public UnitKind Kind { get; private set; }
    public string Phone { get; private set; } = "";
    public string Address { get; private set; } = "";
    public int Order { get; private set; }
    public bool Active { get; private set; } = true;
}

public enum UnitKind { Window, Station, Department, Committee, Bureau }
