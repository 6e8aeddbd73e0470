namespace BanBuCheng.Engine.Running;

/// <summary>For runs without a host: there is nothing to ask for.</summary>
public sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
