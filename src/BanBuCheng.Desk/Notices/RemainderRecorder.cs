using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Notices;

/// <summary>没办成的部分有了下文 — another day for it, or it is settled and leaves the account (挂账).</summary>
internal sealed class RemainderRecorder(CaseJournal journal, DeadlineBook deadlines, StepScope step) : IFormRecorder
{
    /// <summary>The outcome, as drawn, that keeps it open.</summary>
    private const string StillWaiting = "还要等";

    public string Name => "Remainder";

    public ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (outcome == StillWaiting && int.TryParse(answer["nextDays"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days))
        {
            var on = deadlines.Calendar.AddWorkingDays(ShanghaiTime.DayOf(step.Now), days);
            serviceCase.LeaveOpen(serviceCase.OpenPart ?? "", on, serviceCase.OpenPartOwner);
            journal.Write(serviceCase, JournalKinds.PartLeftOpen, ("on", on), ("owner", serviceCase.OpenPartOwner));
        }
        else if (outcome != StillWaiting && serviceCase.OpenPartOn is not null)
        {
            serviceCase.SettleOpenPart();
            journal.Write(serviceCase, JournalKinds.PartSettled, ("outcome", outcome));
        }

        return default;
    }
}
