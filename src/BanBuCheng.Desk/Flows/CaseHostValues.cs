using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Flows;

/// <summary>What expressions may read of the case: <c>difficulty</c>, <c>outcome</c> and <c>serviceCase</c>. No personal data.</summary>
internal sealed class CaseHostValues : IHostValues
{
    public IReadOnlyCollection<string> Names { get; } = ["difficulty", "outcome", "serviceCase"];

    public async ValueTask<object?> GetAsync(string name, string? correlationId, IServiceProvider services, CancellationToken ct)
    {
        if (!CaseId.TryParse(correlationId, out var id)) return null;
        if (await services.GetRequiredService<FlowCases>().FindAsync(id, ct) is not { } serviceCase) return null;
        return name switch
        {
            "difficulty" => serviceCase.Difficulty.ToString(),
            "outcome" => serviceCase.Outcome?.ToString(),
            _ => new Dictionary<string, object?>
            {
                ["number"] = serviceCase.Number,
                ["difficulty"] = serviceCase.Difficulty.ToString(),
                ["stage"] = serviceCase.Stage.ToString(),
                ["leadUnit"] = serviceCase.LeadUnit,
                ["assistingUnits"] = serviceCase.AssistingUnits.Cast<object?>().ToList(),
                ["policyAttribute"] = serviceCase.PolicyAttribute,
                ["applicantKind"] = serviceCase.ApplicantKind.ToString(),
                ["extendedBy"] = serviceCase.ExtendedBy,
                ["state"] = serviceCase.State.ToString(),
                ["clock"] = serviceCase.Clock.ToString(),
                ["daysLeft"] = DaysLeft(serviceCase, services),
            },
        };
    }

    /// <summary>Working days until the last one: 0 = today, −1 = the first day over; null before the clock was started.</summary>
    private static int? DaysLeft(ServiceCase serviceCase, IServiceProvider services)
    {
        var today = ShanghaiTime.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow());
        return serviceCase.DueOn is { } due ? services.GetRequiredService<DeadlineBook>().Calendar.WorkingDaysBetween(today, due) : null;
    }
}
