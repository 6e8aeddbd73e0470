using System.Globalization;
using System.Text.RegularExpressions;

namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>状态报告 — what Kannel tells about one message at the address given with it.</summary>
/// <param name="Code">Short machine code of a failure; never the receipt itself, which may quote the message's text.</param>
public sealed partial record KannelReport(Guid Id, SmsProgress Progress, string? Code)
{
    /// <summary>The part of the report address that Kannel fills in: %d is the kind, %A the carrier's receipt.</summary>
    internal const string Placeholders = "type=%d&receipt=%A";

    /// <summary>Reads a report's query. Null: unsigned, or not a report; the caller answers 404 and no more.</summary>
    public static KannelReport? Read(Func<string, string?> query, SmsReportSeal seal)
    {
        if (!Guid.TryParseExact(query("id"), "N", out var id) || !seal.Fits(id, query("token"))) return null;
        if (!int.TryParse(query("type"), NumberStyles.None, CultureInfo.InvariantCulture, out var type)) return null;
        SmsProgress? progress = type switch
        {
            1 => SmsProgress.Delivered,
            2 or 16 => SmsProgress.Failed, // 2: the phone never got it; 16: the carrier did not take it
            4 or 8 => SmsProgress.WithCarrier, // 4: waits at the carrier; 8: the carrier took it
            _ => null,
        };
        return progress is { } known ? new KannelReport(id, known, known is SmsProgress.Failed ? FailureCode(type, query("receipt")) : null) : null;
    }

    /// <summary>The progress after this report, whatever came before.</summary>
    public SmsProgress After(SmsProgress before) => Progress > before ? Progress : before;

    private static string FailureCode(int type, string? receipt)
    {
        var kind = type == 16 ? "rejected" : "failed";
        return ReceiptStatus().Match(receipt ?? "") is { Success: true } status
            ? $"kannel.{kind}.{status.Groups[1].ValueSpan.ToString().ToUpperInvariant()}"
            : $"kannel.{kind}";
    }

    // "id:… sub:… dlvrd:… stat:UNDELIV err:012 text:…" of SMPP: the status word and nothing else.
    [GeneratedRegex(@"\bstat:([A-Za-z]{1,10})\b", RegexOptions.CultureInvariant)]
    private static partial Regex ReceiptStatus();
}
