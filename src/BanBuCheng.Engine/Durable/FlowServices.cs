using System.Data.Common;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BanBuCheng.Engine.Durable;

/// <summary>How a host gets durable flows.</summary>
public static class FlowServices
{
    /// <summary>
    /// Adds <see cref="IFlows"/> and <see cref="FlowLibrary"/> (both belong to a step, so to a scope) over the host's context
    /// <typeparamref name="TDb"/>, whose model has <see cref="FlowTables.AddFlowTables"/>. The host registers <see cref="ActivityCatalogue"/>, and
    /// when it wants other than the default <see cref="TimeProvider"/>, <see cref="FlowOptions"/>, <see cref="IHostValues"/>, <see cref="IFlowGate"/>.
    /// </summary>
    public static IServiceCollection AddFlows<TDb>(this IServiceCollection services) where TDb : DbContext
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new FlowOptions { MustEscape = IsOfTheDatabase });
        services.TryAddSingleton(new DefinitionTexts());
        services.TryAddSingleton(s => new FlowHost(
            s.GetRequiredService<ActivityCatalogue>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<FlowOptions>(), [.. s.GetServices<IHostValues>()]));
        services.TryAddScoped(s => new DbFlowStore(s.GetRequiredService<TDb>(), s.GetRequiredService<FlowHost>().Clock, s.GetRequiredService<DefinitionTexts>()));
        services.TryAddScoped<IFlows>(s => new Flows(s.GetRequiredService<FlowHost>(), s.GetRequiredService<DbFlowStore>(), s));
        services.TryAddScoped(s => new FlowLibrary(s.GetRequiredService<FlowHost>(), s.GetRequiredService<DbFlowStore>(), s, s.GetService<IFlowGate>()));
        services.TryAddScoped(s => new FlowOperations(s.GetRequiredService<TDb>(), s.GetRequiredService<FlowHost>(), s.GetRequiredService<DbFlowStore>(), s));
        return services;
    }

    /// <summary>Failures of the database end the step, they are nobody's incident: the connection they happened on may not write one.</summary>
    public static bool IsOfTheDatabase(Exception exception) => exception is DbException or DbUpdateException;
}
