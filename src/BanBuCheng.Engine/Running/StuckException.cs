namespace BanBuCheng.Engine.Running;

/// <summary>Never thrown: the type of the incident of an instance that nothing can wake any more.</summary>
public sealed class StuckException() : Exception("Nothing can wake this instance any more: it waits for nobody and for nothing.");
