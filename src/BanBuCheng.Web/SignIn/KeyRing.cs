using System.Xml.Linq;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.SignIn;

/// <summary>The keys of cookies and form tokens, in the desk's database. A new one is written as everything is: by a step.</summary>
internal sealed class KeyRing(IServiceScopeFactory scopes, StepDoor door) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<DeskDb>().DataProtectionKeys.AsNoTracking().Select(k => k.Xml).ToList().OfType<string>().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        // The interface knows no waiting; a key is made once in three months, and not on the thread of a step.
        Task.Run(() => door.SendAsync(new KeepDataProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting)), Actor.Clock, CancellationToken.None))
            .GetAwaiter().GetResult();
}
