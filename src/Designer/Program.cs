using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.WebEncoders;
using PublicService.Designer;
using PublicService.Designer.Access;
using PublicService.Designer.Bundle;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var options = builder.Configuration.GetSection("Designer").Get<DesignerOptions>() ?? new DesignerOptions();

builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);
// Vietnamese letters as they are, not as numbers.
builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
builder.Services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
builder.Services.AddHttpClient<Engine>(client => client.BaseAddress = options.Engine);
var keys = builder.Services.AddDataProtection().SetApplicationName("PublicService.Designer");
if (options.Data is { } data)
{
    keys.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data, "designer-keys")));
}

builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
{
    cookie.Cookie.Name = "designer";
    cookie.Cookie.SameSite = SameSiteMode.Strict;
    cookie.LoginPath = "/dang-nhap";
    cookie.AccessDeniedPath = "/khong-co-quyen";
    cookie.ReturnUrlParameter = "ve";
    cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
});
builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(Session.Policy);
builder.Services.AddHttpContextAccessor();
builder.Services.AddScoped<Session>();
builder.Services.AddRazorPages();

var app = builder.Build();
app.UseExceptionHandler("/loi");
app.UseMiddleware<PageHeaders>();
app.UseStudioBundle();
app.UseStaticFiles();
// After the files: a file that is there wins over the page that stands for all addresses of Studio.
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/health/live", () => "ok").AllowAnonymous();
app.MapSession();
app.MapStudioAhead();
app.MapRazorPages();
await app.RunAsync();
