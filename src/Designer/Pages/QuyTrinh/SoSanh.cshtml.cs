using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>Two versions in one picture and as a list: what is new, gone, changed.</summary>
internal sealed class SoSanhModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>The earlier version; nothing is the published one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tu { get; set; }

    /// <summary>The later version; nothing is the latest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Den { get; set; }

    public IReadOnlyList<VersionSummary> Versions { get; private set; } = [];

    public ComparedVersions? Compared { get; private set; }

    public async Task OnGetAsync()
    {
        Versions = (await ReadAsync<VersionList>($"/definitions/{Escape(Id)}/versions"))?.Items ?? [];
        if (Problem is null)
        {
            Compared = await ReadAsync<ComparedVersions>($"/definitions/{Escape(Id)}/difference", ("from", Tu), ("to", Den));
        }
    }
}
