using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Sms;

/// <summary>Puts a message to a case's citizen into the outgoing rows of the running step. The sender does the rest.</summary>
public sealed class SmsDesk(DeskDb db, FieldCipher cipher, StepScope step, CaseJournal journal, TimeProvider clock, IOptions<HallOptions> hall)
{
    /// <summary>Queues a template; parameters that every message may name (no, due, tel, name, place) are filled in.</summary>
    /// <returns>The row's id; null when the citizen's number cannot receive SMS (a landline): somebody has to call.</returns>
    /// <exception cref="ArgumentException">Unknown template or a missing parameter.</exception>
    public async ValueTask<SmsId?> QueueAsync(ServiceCase serviceCase, string template, IReadOnlyDictionary<string, string>? extra, CancellationToken ct)
    {
        var phone = cipher.Open(serviceCase.Phone);
        if (!PhoneNumber.IsMobile(phone)) return null;

        var parameters = new Dictionary<string, string>
        {
            ["no"] = serviceCase.Number,
            ["due"] = serviceCase.DueOn is { } due ? DateWords.MonthDay(due, ShanghaiTime.DayOf(step.Now)) : "",
            ["tel"] = hall.Value.Phone,
            ["place"] = hall.Value.PickUpPlace,
            ["name"] = await OfficerNameAsync(serviceCase, ct),
        };
        if (serviceCase.LeadUnit is { } lead) parameters["dept"] = await db.OfficeUnits.Where(u => u.Code == lead).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? lead;
        foreach (var (name, value) in extra ?? new Dictionary<string, string>()) parameters[name] = value;
        if (!parameters.ContainsKey("pin") && SmsTemplates.ParametersOf(template).Contains("pin"))
        {
            // Only a keyed hash is stored, so a message that tells the code draws a new one.
            var code = QueryCode.Draw();
            serviceCase.IssueQueryCode(QueryCode.Hash(cipher, serviceCase.Number, code));
            parameters["pin"] = code;
        }

        SmsTemplates.Render(template, parameters); // refuse now what could not be rendered later

        var wanted = SmsTemplates.ParametersOf(template).ToDictionary(name => name, name => parameters[name]);
        var sms = OutgoingSms.Queue(SmsId.Next(clock), serviceCase.Id, template, cipher.Seal(phone), serviceCase.MaskedPhone,
            cipher.Seal(JsonSerializer.Serialize(wanted)), QuietHours.NextAllowed(step.Now), step.Now);
        db.OutgoingSms.Add(sms);
        journal.Write(serviceCase, JournalKinds.SmsQueued, ("sms", sms.Id), ("template", template));
        step.RingAt(sms.NextAttemptAt);
        return sms.Id;
    }

    private async ValueTask<string> OfficerNameAsync(ServiceCase serviceCase, CancellationToken ct) =>
        await db.Staff.Where(s => s.Active && s.Roles.Contains(Roles.StationHead)).OrderBy(s => s.Login).Select(s => s.Name).FirstOrDefaultAsync(ct)
        ?? serviceCase.FirstContactName;
}
