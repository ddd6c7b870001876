using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>All versions of a definition: who, when, why; and the choice of two to compare.</summary>
internal sealed class PhienBanModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    public IReadOnlyList<VersionSummary> Versions { get; private set; } = [];

    /// <summary>What is compared when nothing is chosen: the newest with the one before it.</summary>
    public int From => Versions.Count > 1 ? Versions[1].Version : Versions[0].Version;

    public async Task OnGetAsync() => Versions = (await ReadAsync<VersionList>($"/definitions/{Escape(Id)}/versions"))?.Items ?? [];
}
