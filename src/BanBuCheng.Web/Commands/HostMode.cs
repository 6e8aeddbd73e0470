namespace BanBuCheng.Web.Commands;

/// <summary>How the host was asked to run.</summary>
internal sealed record HostMode
{
    public string? Data { get; init; }
    public string? Urls { get; init; }
    public bool NoDemo { get; init; }
    public bool ClockControl { get; init; }

    /// <summary>False: a verb that only needs the desk, no site and no alarm clock.</summary>
    public bool Serves { get; init; }

    /// <summary>Fill a new demo hall with four weeks of invented work.</summary>
    public bool Seeds { get; init; }

    /// <summary>False in a test that rings the sweep itself.</summary>
    public bool Alarm { get; init; } = true;

    /// <summary>Work on data that are there; never make a data folder or a key.</summary>
    public bool DataMustExist { get; init; }

    /// <summary>Another clock than the real one (tests).</summary>
    public TimeProvider? Clock { get; init; }

    public static HostMode Offline(string? data) => new() { Data = data };

    /// <summary>For a verb that looks at a hall which must be there.</summary>
    public static HostMode Existing(string? data) => new() { Data = data, DataMustExist = true };
}
