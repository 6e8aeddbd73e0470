using BanBuCheng.Web.Pages;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddPages();
var app = builder.Build();
app.UsePages();
app.MapPages();
app.Run();
