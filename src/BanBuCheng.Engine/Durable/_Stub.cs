using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
namespace BanBuCheng.Engine.Durable;
public static class FlowRegistration {
    public static IServiceCollection AddFlows(this IServiceCollection s, IReadOnlyList<ActivityDescriptor> p, IHostValues v) => s;
    public static ModelBuilder AddFlowTables(this ModelBuilder m) => m;
}
public static class FlowTimers {
    public static Task<IReadOnlyList<Guid>> DueAsync(DbContext db, DateTimeOffset now, int take, CancellationToken ct) => throw new NotSupportedException();
    public static Task<IReadOnlyList<DateTimeOffset>> UpcomingMinutesAsync(DbContext db, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => throw new NotSupportedException();
}
