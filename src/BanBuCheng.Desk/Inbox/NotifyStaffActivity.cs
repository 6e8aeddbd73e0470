using BanBuCheng.Desk.Cases;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Inbox;

/// <summary>提醒同事 — tells posts, units, people or the first contact a sentence. Nobody has to do anything, and nothing waits for it.</summary>
internal sealed class NotifyStaffActivity(FlowCases cases, TaskOpener tasks, StaffTeller teller) : IActivity
{
    public const string TypeName = "BanBuCheng.NotifyStaff";
    private const string FirstContactWord = "first-contact", HandlerWord = "handler", LeaderWord = "handler-leader";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var serviceCase = await cases.OfAsync(context, ct);
        var text = context.Input<string>("Text")?.Trim() ?? "";
        if (text.Length is 0 or > CaseLimits.ShortText) throw new InvalidOperationException($"Expected a sentence of at most {CaseLimits.ShortText} characters on {context.ActivityId}, but it has {text.Length}.");
        var wanted = context.Input<List<string>>("To") is { Count: > 0 } list ? list : [.. (context.Input<string>("To") ?? "").Split([',', '，', '、', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var whom = wanted.Where(word => word is not (FirstContactWord or HandlerWord or LeaderWord)).Select(word => Assignee.Parse(word)
            ?? throw new InvalidOperationException($"Expected role:CODE, unit:CODE, person:LOGIN, {FirstContactWord}, {HandlerWord} or {LeaderWord}, but {context.ActivityId} tells '{word}'.")).ToList();
        var handlers = wanted.Contains(HandlerWord) || wanted.Contains(LeaderWord) ? await tasks.HandlersAsync(serviceCase.Id, ct) : [];
        if (wanted.Contains(HandlerWord)) whom.AddRange(handlers);
        if (wanted.Contains(LeaderWord)) whom.AddRange(await teller.LeadersOfAsync(handlers, ct));
        await teller.TellAsync(serviceCase, whom, wanted.Contains(FirstContactWord), text, ct);
        return Answer.Done;
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "提醒同事", "办件")
    {
        Description = "给岗位、单位或某个人留一句提醒，不用他办，也不等他。要人办的，用“人工办理”。",
        Inputs =
        [
            new("To", "List<String>", "提醒谁", "role:岗位、unit:单位、person:账号，first-contact（首问责任人）、handler（现在手里有这一件的）或 handler-leader（手里有这一件的部门的负责人）。") { Required = true },
            new("Text", "String", "提醒什么", "一句话，不写群众的姓名和电话。") { Required = true },
        ],
        Create = services => ActivatorUtilities.CreateInstance<NotifyStaffActivity>(services),
    };
}
