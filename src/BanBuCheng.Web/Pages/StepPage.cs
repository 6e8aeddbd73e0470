using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.SignIn;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages;

/// <summary>
/// A page that sends steps. What the desk refuses becomes a sentence on the same page (409), what it finds wrong in a form stands beside
/// its field (422); what was typed is kept either way.
/// </summary>
public abstract class StepPage(StepDoor door) : PageModel
{
    /// <summary>Who is asking.</summary>
    protected Actor Actor => HttpContext.Actor();

    /// <summary>Sends the step; on success gives the result, else null, and the model state says why.</summary>
    /// <param name="step">What is asked for.</param>
    /// <param name="prefix">Put before field names of a rejected form, for example <c>Form.</c>.</param>
    /// <param name="ct">The request's token; counts only before the commit.</param>
    protected async Task<(bool Done, T? Result)> TryAsync<T>(IStep<T> step, string prefix, CancellationToken ct)
    {
        try
        {
            return (true, await door.SendAsync(step, Actor, ct));
        }
        catch (RefusedException refused)
        {
            ModelState.AddModelError(refused.Field is { } field ? prefix + field : "", RefusalTexts.For(refused));
            Response.StatusCode = StatusCodes.Status409Conflict;
        }
        catch (FormRejectedException rejected)
        {
            foreach (var (field, words) in rejected.Faults) ModelState.AddModelError(prefix + field, words);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", RefusalTexts.All["step.lost-race"]);
            Response.StatusCode = StatusCodes.Status409Conflict;
        }

        return (false, default);
    }
}
