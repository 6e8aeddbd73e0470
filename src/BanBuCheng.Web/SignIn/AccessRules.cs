using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Designer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.SignIn;

/// <summary>Who may open which pages: by folder, in this one file. Everything not named is for signed-in staff; what a step may do is its own guard.</summary>
internal static class AccessRules
{
    public const string Intake = "intake", Policy = "policy", Messages = "messages", Flows = "flows", Operations = "operations", Operators = "operators";

    public static AuthorizationBuilder AddAccessRules(this AuthorizationBuilder builder) => builder
        .AddPolicy(Intake, p => p.RequireRole(Roles.Intake))
        .AddPolicy(Policy, p => p.RequireRole(Roles.ProcessAdmin, Roles.SystemAdmin, Roles.StationHead, Roles.Supervisor, Roles.BureauLeader))
        .AddPolicy(Messages, p => p.RequireRole(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead, Roles.Supervisor, Roles.SystemAdmin))
        .AddPolicy(Flows, p => p.RequireRole(DesignerRights.MayLook))
        .AddPolicy(Operators, p => p.RequireRole(Roles.Operators))
        .AddPolicy(Operations, p => p.RequireRole(Roles.SystemAdmin));

    public static void Apply(RazorPagesOptions options)
    {
        var pages = options.Conventions;
        pages.AuthorizeFolder("/");
        pages.AuthorizeFolder("/Intake", Intake);
        pages.AuthorizeFolder("/Deadlines", Policy);
        pages.AuthorizeFolder("/Sms", Messages);
        pages.AuthorizeFolder("/Flows", Flows);
        pages.AuthorizeFolder("/Operations", Operators);
        pages.AuthorizePage("/Operations/Watch", Operations);
        pages.AuthorizeFolder("/Designer", Flows);

        pages.AllowAnonymousToPage("/Index");
        pages.AllowAnonymousToPage("/Error");
        pages.AllowAnonymousToPage("/Look");
        pages.AllowAnonymousToFolder("/SignIn");
        pages.AllowAnonymousToFolder("/Citizen");
        pages.AllowAnonymousToFolder("/Demo");
    }
}
