namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>What the look-up needs beyond the desk.</summary>
internal static class CitizenSetup
{
    public static IServiceCollection AddCitizenPages(this IServiceCollection services) => services.AddSingleton<QueryGuard>().AddSingleton<QueryTicket>();
}
