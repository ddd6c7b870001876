using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>One version as a picture, for who reads and does not draw.</summary>
internal sealed class SoDoModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>A number; nothing is the published version.</summary>
    [BindProperty(SupportsGet = true)]
    public string? PhienBan { get; set; }

    public DrawnVersion? Drawn { get; private set; }

    public async Task OnGetAsync() => Drawn = await ReadAsync<DrawnVersion>($"/definitions/{Escape(Id)}/drawing", ("version", PhienBan));
}
