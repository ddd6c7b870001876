using System.Text.RegularExpressions;
using PublicService.Engine.Seeding;

namespace PublicService.Designer.Tests.Host;

/// <summary>What a browser does with a page.</summary>
internal static partial class Pages
{
    public static Task<HttpResponseMessage> SignInAsync(this HttpClient browser, string userName, string password = DemoPeople.Password, string? back = null) =>
        browser.SendFormAsync("/dang-nhap" + (back is null ? "" : "?ve=" + Uri.EscapeDataString(back)), "/dang-nhap", new() { ["userName"] = userName, ["password"] = password, ["ve"] = back ?? "" });

    /// <summary>Opens a page, fills its form and sends it with the token against forged requests.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient browser, string page, string target, Dictionary<string, string> fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
        return await browser.PostAsync(target, new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token))));
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
