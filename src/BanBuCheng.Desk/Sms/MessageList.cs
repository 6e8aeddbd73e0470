using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Sms;

/// <summary>短信页 — outgoing messages, newest first, paged by key.</summary>
public static class MessageList
{
    public const int PageSize = 30;

    /// <param name="complaints">Also what is said to those who complained about the window itself; the window and the station do not see it.</param>
    /// <param name="showCodes">Only the demo hall shows query codes; a real one shows six dots.</param>
    public static async Task<IReadOnlyList<MessageRow>> NewestAsync(DeskDb db, FieldCipher cipher, DateTimeOffset? before, bool complaints, bool showCodes, CancellationToken ct)
    {
        var messages = db.OutgoingSms.AsNoTracking();
        if (before is { } at) messages = messages.Where(s => s.QueuedAt < at);
        if (!complaints) messages = messages.Where(s => db.Cases.Any(c => c.Id == s.CaseId && c.About == CaseAbout.Matter));
        var rows = await (from sms in messages.OrderByDescending(s => s.QueuedAt).ThenByDescending(s => s.Id).Take(PageSize)
                          join serviceCase in db.Cases.AsNoTracking() on sms.CaseId equals serviceCase.Id
                          orderby sms.QueuedAt descending
                          select new { Sms = sms, serviceCase.Number }).ToListAsync(ct);
        return [.. rows.Select(row => new MessageRow(row.Sms.Id, row.Number, row.Sms.Template, row.Sms.MaskedPhone,
            TextOf(cipher, row.Sms, showCodes), row.Sms.State, row.Sms.QueuedAt, row.Sms.HandedOverAt, row.Sms.ReportedAt, row.Sms.Attempts, row.Sms.NextAttemptAt, row.Sms.FailureCode))];
    }

    /// <summary>The message's text as the citizen reads it; the query code only where it may be shown.</summary>
    public static string TextOf(FieldCipher cipher, OutgoingSms sms, bool showCodes)
    {
        var parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(cipher.Open(sms.Parameters)) ?? [];
        if (!showCodes && parameters.ContainsKey("pin")) parameters["pin"] = "••••••";
        return SmsTemplates.Render(sms.Template, parameters);
    }
}

/// <summary>One message of the list.</summary>
public sealed record MessageRow(SmsId Id, string CaseNumber, string Template, string MaskedPhone, string Text, SmsState State,
    DateTimeOffset QueuedAt, DateTimeOffset? HandedOverAt, DateTimeOffset? ReportedAt, int Attempts, DateTimeOffset NextAttemptAt, string? FailureCode);
