using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages;

/// <summary>Sign-in against the engine.</summary>
internal sealed class DangNhapModel(Session session, ILogger<DangNhapModel> logger) : PageModel
{
    [BindProperty]
    public string UserName { get; set; } = "";

    /// <summary>Where to go afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ve { get; set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? password, CancellationToken cancellationToken)
    {
        try
        {
            if (await session.OpenAsync(UserName, password ?? "", cancellationToken))
            {
                return LocalRedirect(Url.IsLocalUrl(Ve) ? Ve : "/");
            }

            Problem = "Tài khoản hoặc mật khẩu không đúng.";
        }
        catch (HttpRequestException error)
        {
            logger.LogError(error, "The engine cannot be reached.");
            Problem = "Chưa kết nối được với hệ thống xử lý, hãy thử lại sau ít phút.";
        }

        return Page();
    }
}
