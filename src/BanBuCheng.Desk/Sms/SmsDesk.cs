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
public class SmsDesk(DeskDb db, FieldCipher cipher, StepScope step, CaseJournal journal, TimeProvider clock, IOptions<HallOptions> hall)
{
    /// <summary>Queues a template; parameters that every message may name (no, due, tel, name, place) are filled in.</summary>
    /// <returns>The row's id; null when the citizen's number cannot receive SMS (a landline): somebody has to call.</returns>
    /// <exception cref="ArgumentException">Unknown template or a missing parameter.</exception>
    public async ValueTask<SmsId?> QueueAsync(ServiceCase serviceCase, string template, IReadOnlyDictionary<string, string>? extra, CancellationToken ct)
    {
        if (!CanReceive(serviceCase)) return null;

        var parameters = new Dictionary<string, string>
        {
            ["no"] = serviceCase.Number,
            ["due"] = serviceCase.DueOn is { } due ? DateWords.MonthDay(due, ShanghaiTime.DayOf(step.Now)) : "",
            ["tel"] = hall.Value.Phone,
            ["place"] = hall.Value.PickUpPlace,
            ["name"] = await OfficerNameAsync(ct) ?? serviceCase.FirstContactName,
        };
        if (serviceCase.LeadUnit is { } lead) parameters["dept"] = await UnitNameAsync(lead, ct) ?? lead;
        foreach (var (name, value) in extra ?? new Dictionary<string, string>()) parameters[name] = value;
        if (!parameters.ContainsKey("pin") && SmsTemplates.ParametersOf(template).Contains("pin"))
        {
            // Only a keyed hash is stored, so a message that tells the code draws a new one.
            var code = DrawCode();
            Issue(serviceCase, code);
            parameters["pin"] = code;
        }

        SmsTemplates.Render(template, parameters); // refuse now what could not be rendered later

        var wanted = SmsTemplates.ParametersOf(template).ToDictionary(name => name, name => parameters[name]);
        var (id, leaves) = (SmsId.Next(clock), QuietHours.NextAllowed(step.Now));
        Keep(serviceCase, id, template, wanted, leaves);
        journal.Write(serviceCase, JournalKinds.SmsQueued, ("sms", id), ("template", template));
        step.RingAt(leaves);
        return id;
    }

    /// <summary>A landline gets no SMS.</summary>
    protected virtual bool CanReceive(ServiceCase serviceCase) => PhoneNumber.IsMobile(cipher.Open(serviceCase.Phone));

    protected virtual string DrawCode() => QueryCode.Draw();

    protected virtual void Issue(ServiceCase serviceCase, string code) => serviceCase.IssueQueryCode(QueryCode.Hash(cipher, serviceCase.Number, code));

    protected virtual void Keep(ServiceCase serviceCase, SmsId id, string template, IReadOnlyDictionary<string, string> parameters, DateTimeOffset leaves) =>
        db.OutgoingSms.Add(OutgoingSms.Queue(id, serviceCase.Id, template, serviceCase.Phone, serviceCase.MaskedPhone, cipher.Seal(JsonSerializer.Serialize(parameters)), leaves, step.Now));

    protected virtual async ValueTask<string?> UnitNameAsync(string code, CancellationToken ct) =>
        await db.OfficeUnits.Where(u => u.Code == code).Select(u => u.Name).FirstOrDefaultAsync(ct);

    /// <summary>Who is named in a message; null when there is no station head.</summary>
    protected virtual async ValueTask<string?> OfficerNameAsync(CancellationToken ct) =>
        await db.Staff.Where(s => s.Active && s.Roles.Contains(Roles.StationHead)).OrderBy(s => s.Login).Select(s => s.Name).FirstOrDefaultAsync(ct);
}
