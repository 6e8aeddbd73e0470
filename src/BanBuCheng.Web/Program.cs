using BanBuCheng.Web.Pages;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddPages();
var app = builder.Build();
app.UsePages();
app.MapPages();
app.Run();
