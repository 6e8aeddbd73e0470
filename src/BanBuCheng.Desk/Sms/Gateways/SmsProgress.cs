namespace BanBuCheng.Desk.Sms.Gateways;

/// <summary>
/// How far a message got, in rising order. Reports come twice, in parallel and out of order, and only ever move it up: a delivery outranks
/// a failure (a carrier gives up on one part or one route, then another gets through), never the reverse.
/// </summary>
public enum SmsProgress { Unknown, WithCarrier, Failed, Delivered }
