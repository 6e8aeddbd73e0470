namespace BanBuCheng.Web.Pages.Flows;

/// <summary>What the pages about flows need beyond the desk.</summary>
internal static class FlowPagesSetup
{
    public static IServiceCollection AddFlowPages(this IServiceCollection services) => services.AddScoped<FlowVersions>().AddSingleton<Cases.CaseProgress>().AddSingleton<RehearsalJobs>().AddSingleton<WalkedFlows>();
}
