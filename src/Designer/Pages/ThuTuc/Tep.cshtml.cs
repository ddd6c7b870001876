using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.ThuTuc;

/// <summary>One procedure (wording, form, workflow) as a file for another engine.</summary>
internal sealed class TepModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Ma { get; set; } = "";

    public async Task<IActionResult> OnGetAsync() => await ReadAsync<byte[]>($"/procedures/{Escape(Ma)}/bundle") is { } file
        ? File(file, "application/json", $"{Ma}.procedure.json")
        : Page();
}
