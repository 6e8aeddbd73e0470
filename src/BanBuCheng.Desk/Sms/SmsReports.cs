using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Sms;

/// <summary>送达报告 — what the carrier says about a message. Late, doubled and out-of-order reports are normal.</summary>
public sealed record RecordSmsReport(SmsId SmsId, bool Delivered, string Code) : IStep;
