namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>办到哪一步 — the citizen's map: done, 您在这里, later; every later step says by which dates.</summary>
public sealed record StepMap(IReadOnlyList<MapStep> Steps);

/// <summary>One step of the map.</summary>
public sealed record MapStep(MapPlace Place, string Title, string Text, string? Icon = null)
{
    public string Drawing => Icon ?? Place switch { MapPlace.Done => "check", MapPlace.Here => "here", _ => "message-text" };
    public string? Css => Place switch { MapPlace.Done => "done", MapPlace.Here => "now", _ => null };
}

/// <summary>Where a step lies from where the case is.</summary>
public enum MapPlace { Done, Here, Later }
