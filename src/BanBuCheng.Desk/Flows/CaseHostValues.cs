using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Flows;

/// <summary>
/// What expressions may read of the case: <c>difficulty</c>, <c>outcome</c>, <c>clock</c>, <c>serviceCase</c>, and what the file says of it: <c>contacted</c>
/// (the citizen has heard from the desk), <c>acted</c> (somebody has tried something), <c>openPart</c> (what a partial reply left open), <c>late</c>
/// (the newest red light: whose it is, why, how many in the month). No personal data.
/// </summary>
internal sealed class CaseHostValues : IHostValues
{
    public IReadOnlyCollection<string> Names { get; } = ["difficulty", "outcome", "clock", "serviceCase", "contacted", "acted", "openPart", "late"];

    public async ValueTask<object?> GetAsync(string name, string? correlationId, IServiceProvider services, CancellationToken ct)
    {
        if (!CaseId.TryParse(correlationId, out var id)) return null;
        if (await services.GetRequiredService<FlowCases>().FindAsync(id, ct) is not { } serviceCase) return null;
        return name switch
        {
            "difficulty" => serviceCase.Difficulty.ToString(),
            "outcome" => serviceCase.Outcome?.ToString(),
            "clock" => serviceCase.Clock.ToString(),
            "contacted" => await services.GetRequiredService<CaseJournal>().HasAsync(id, FirstFeedback.Kinds, ct),
            "acted" => await services.GetRequiredService<TaskOpener>().ActedAsync(id, ct),
            "openPart" => await RemainderAsync(serviceCase, services, ct),
            "late" => await services.GetRequiredService<LateBook>().ToldAsync(id, ct),
            _ => new Dictionary<string, object?>
            {
                ["number"] = serviceCase.Number,
                ["difficulty"] = serviceCase.Difficulty.ToString(),
                ["stage"] = serviceCase.Stage.ToString(),
                ["leadUnit"] = serviceCase.LeadUnit,
                ["assistingUnits"] = serviceCase.AssistingUnits.Cast<object?>().ToList(),
                ["policyAttribute"] = serviceCase.PolicyAttribute,
                ["applicantKind"] = serviceCase.ApplicantKind.ToString(),
                ["about"] = serviceCase.About.ToString(),
                ["handedOver"] = serviceCase.HandedOver,
                ["extendedBy"] = serviceCase.ExtendedBy,
                ["state"] = serviceCase.State.ToString(),
                ["clock"] = serviceCase.Clock.ToString(),
                ["pauseReason"] = serviceCase.PauseReason is { } reason ? PauseReasons.Captions.GetValueOrDefault(reason, reason) : null,
                ["pausedUntil"] = serviceCase.PausedUntil is { } until ? DateWords.MonthDay(until, ShanghaiTime.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow())) : null,
                ["daysLeft"] = DaysLeft(serviceCase, services),
                ["limit"] = serviceCase.LimitWorkingDays + serviceCase.ExtendedBy,
                ["feedbackIn"] = await FeedbackInAsync(serviceCase, services, ct),
                ["lateAgain"] = IsLateAgain(serviceCase, services),
            },
        };
    }

    /// <summary>Working days until the close by which the citizen should have heard: 0 = today's.</summary>
    private static async ValueTask<int> FeedbackInAsync(ServiceCase serviceCase, IServiceProvider services, CancellationToken ct)
    {
        var deadlines = services.GetRequiredService<DeadlineBook>();
        return FirstFeedback.DaysUntil(serviceCase, services.GetRequiredService<TimeProvider>().GetUtcNow(), deadlines.Calendar, (await deadlines.PolicyAsync(ct)).Hours);
    }

    /// <summary>Red a second time: the reply that was delivered came too late, did not hold, and the date is over.</summary>
    private static bool IsLateAgain(ServiceCase serviceCase, IServiceProvider services) =>
        serviceCase is { ReplyOwed: true, RepliedAt: { } replied, DueOn: { } due } && ShanghaiTime.DayOf(replied) > due
            && ShanghaiTime.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow()) > due;

    /// <summary>没办成的部分: what, the day it was promised for as it is said, and in how many working days that is; null when nothing was left open.</summary>
    private static async ValueTask<object?> RemainderAsync(ServiceCase serviceCase, IServiceProvider services, CancellationToken ct)
    {
        // What was answered before the account was kept stands only in the reply.
        (string Step, DateOnly On, string? Owner)? open = serviceCase.OpenPartOn is { } day ? (serviceCase.OpenPart ?? "", day, serviceCase.OpenPartOwner)
            : await services.GetRequiredService<NoticeDesk>().RemainderAsync(serviceCase.Id, ct);
        if (open is not { } left) return null;
        var today = ShanghaiTime.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow());
        return new Dictionary<string, object?>
        {
            ["step"] = left.Step,
            ["owner"] = left.Owner,
            ["ownerName"] = left.Owner is { } owner ? await services.GetRequiredService<TaskOpener>().UnitNameAsync(owner, ct) ?? owner : null,
            ["date"] = DateWords.MonthDay(left.On, today),
            ["within"] = Math.Max(0, services.GetRequiredService<DeadlineBook>().Calendar.WorkingDaysBetween(today, left.On)),
        };
    }

    /// <summary>Working days until the last one: 0 = today, −1 = the first day over; null before the clock was started.</summary>
    private static int? DaysLeft(ServiceCase serviceCase, IServiceProvider services)
    {
        var today = ShanghaiTime.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow());
        return serviceCase.DueOn is { } due ? services.GetRequiredService<DeadlineBook>().Calendar.WorkingDaysBetween(today, due) : null;
    }
}
