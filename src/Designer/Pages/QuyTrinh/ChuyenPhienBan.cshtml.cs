using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>Running dossiers of a definition by version, and the order to move them to another one.</summary>
internal sealed class ChuyenPhienBanModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty]
    public int Den { get; set; }

    [BindProperty]
    public int[] Tu { get; set; } = [];

    [BindProperty]
    public string? LyDo { get; set; }

    public IReadOnlyList<RunningVersion> Versions { get; private set; } = [];

    public IReadOnlyList<MoveListed> Orders { get; private set; } = [];

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var added = await AskAsync<MoveAdded>(
            HttpMethod.Post, "/version-moves", JsonContent.Create(new { definitionId = Id, to = Den, from = Tu.Length == 0 ? null : Tu, reason = LyDo ?? "" }));
        if (added is not null)
        {
            return RedirectToPage("/QuyTrinh/LenhChuyen", new { id = Id, lenh = added.Id });
        }

        var refused = Problem;
        await ReadAsync();
        Problem = refused;
        return Page();
    }

    private async Task ReadAsync()
    {
        Versions = await ReadAsync<IReadOnlyList<RunningVersion>>($"/definitions/{Escape(Id)}/running-versions") ?? [];
        Orders = await ReadAsync<IReadOnlyList<MoveListed>>("/version-moves", ("definition", Id)) ?? [];
        Den = Den > 0 ? Den : Versions.FirstOrDefault(one => one.IsPublished)?.Version ?? 0;
    }
}
