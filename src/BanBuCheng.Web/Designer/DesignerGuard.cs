using System.Text.Json;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Designer;

/// <summary>Says of an endpoint that it only reads although it is posted to: lists with a filter in the body.</summary>
internal sealed class ReadsOnly;

/// <summary>
/// The door of everything below <c>/elsa/api</c>: who is asking, may they, does the request come from our own page — and no failure leaves
/// in another form than one that Studio can show.
/// </summary>
/// <remarks>
/// Against requests that another site makes a browser send, two doors stand one behind the other: the cookie is SameSite=Lax, and the browser's own
/// word about the origin (Sec-Fetch-Site, Origin) must be ours; beside them a body must be JSON, which no form can send. A program that
/// is no browser says neither and brings its cookie knowingly.
/// </remarks>
internal sealed partial class DesignerGuard(ILogger<DesignerGuard> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        http.Response.Headers.CacheControl = "no-store";
        if (http.ActorOrNull() is not { } actor) return Answers.Problem(StatusCodes.Status401Unauthorized, "who.sign-in", "请先登录。");
        if (FirstPassword.IsRequired(http)) return Answers.Problem(StatusCodes.Status403Forbidden, "who.first-password", "请先改掉第一次登录的密码。");
        if (!actor.MayView()) return Answers.Problem(StatusCodes.Status403Forbidden, "who.role-needed", "流程设计器不归您的岗位看。");

        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!reads && !ComesFromHere(http.Request)) return Answers.Problem(StatusCodes.Status403Forbidden, "designer.other-site", "这个请求不是从本系统的页面发出的，没有办。");
        if (!reads && http.GetEndpoint()?.Metadata.GetMetadata<ReadsOnly>() is null && !actor.MayDraw())
            return Answers.Problem(StatusCodes.Status403Forbidden, "who.role-needed", "您的岗位只能看流程，改和发布要找流程管理员。");
        try
        {
            return await next(context);
        }
        catch (RefusedException refused)
        {
            var status = refused.Code is "who.role-needed" or "who.person-needed" ? StatusCodes.Status403Forbidden
                : reads ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            return Answers.Problem(status, refused.Code, RefusalTexts.For(refused));
        }
        catch (Exception damaged) when (damaged is JsonException or BadHttpRequestException or InvalidDataException)
        {
            return Answers.Problem(StatusCodes.Status400BadRequest, "designer.body", RefusalTexts.For(new RefusedException("designer.body")));
        }
        catch (DbUpdateConcurrencyException)
        {
            return Answers.Problem(StatusCodes.Status400BadRequest, "step.lost-race", RefusalTexts.For(new RefusedException("step.lost-race")));
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            var reference = TroubleReference.For(System.Diagnostics.Activity.Current?.Id ?? http.TraceIdentifier);
            Failed(log, reference, http.Request.Method, http.Request.Path, failed);
            // A failure of ours will fail again: Studio would try a 5xx three times over fourteen silent seconds and then fall over.
            return Answers.Problem(reads ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest, "designer.failed", $"没有办成，程序出了差错（{reference}）。已经存下的还在，请稍后再试。");
        }
    }

    private static bool ComesFromHere(HttpRequest request)
    {
        if (request.HasFormContentType || request.ContentType is { } type && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)) return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin";
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsOurs(origin, request);
    }

    internal static bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(EventId = 9201, Level = LogLevel.Error, Message = "{Reference}: {Method} {Path} failed")]
    private static partial void Failed(ILogger log, string reference, string method, string path, Exception failed);
}
