using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 首问负责制 — whoever first met the citizen hears of every change until the reply is delivered, whoever has the case now. Not
/// of what they did themselves.
/// </summary>
internal static class FirstContact
{
    public static void Tell(DeskDb db, StepScope step, ServiceCase serviceCase, string kind, Dictionary<string, object?> facts)
    {
        if (!serviceCase.ReplyOwed || step.Actor.StaffId == serviceCase.FirstContact || Words(kind, facts) is not { } words) return;
        db.StaffNotices.Add(StaffNotice.Tell(Guid.CreateVersion7(step.Now), serviceCase.Id, serviceCase.FirstContact, kind, words, step.Now));
    }

    /// <summary>Null for what changes nothing in the case's state.</summary>
    private static string? Words(string kind, Dictionary<string, object?> facts) => kind switch
    {
        JournalKinds.StageEntered => Enum.TryParse<CaseStage>(facts.GetValueOrDefault("stage") as string, out var stage) ? $"进入“{stage.Caption()}”" : null,
        JournalKinds.ClockReclassed => "难易改了，期限跟着改，不重新起算",
        JournalKinds.ClockPaused => "暂停计时了",
        JournalKinds.ClockResumed => "恢复计时了",
        JournalKinds.Extended => "延期了，已经告诉群众",
        JournalKinds.ReplyIssued => "答复发出去了，等群众知道",
        JournalKinds.NoticeDelivered => "已经告诉群众了",
        JournalKinds.Reopened => "群众说没解决，接着办",
        JournalKinds.UnitReturned => "有单位说不归自己管",
        _ => null,
    };
}
