using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Desk.Sms;

/// <summary>发送短信 — queues a template for the case's citizen. Nothing is sent inside the step.</summary>
internal sealed class SendSmsActivity(FlowCases cases, SmsDesk sms) : IActivity
{
    public const string TypeName = "BanBuCheng.SendSms";

    public async ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        var template = context.Input<string>("Template") ?? "";
        var serviceCase = await cases.OfAsync(context, ct);
        await sms.QueueAsync(serviceCase, template, ReadParameters(context.Input<string>("Parameters")), ct);
        return Answer.Done;
    }

    private static Dictionary<string, string>? ReadParameters(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
    }

    public static ActivityDescriptor Descriptor { get; } = new(TypeName, "发送短信", "办件")
    {
        Description = "按模板给群众发一条短信。夜里不发，等到早上。",
        Inputs =
        [
            new("Template", "String", "模板", UiHint: "dropdown") { Required = true, Options = [.. SmsTemplates.All.Values.Select(t => (t.Code, t.Caption))] },
            new("Parameters", "String", "参数", "JSON 对象；编号、期限、电话会自动填。", "multiline"),
        ],
        Create = services => ActivatorUtilities.CreateInstance<SendSmsActivity>(services),
    };
}
