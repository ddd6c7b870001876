using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>One order to move dossiers: its dry run before, its progress and result after.</summary>
internal sealed class LenhChuyenModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Lenh { get; set; } = "";

    /// <summary>Cursor of the next page of the result.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tiep { get; set; }

    public MoveShown? Order { get; private set; }

    public MoveCounts? Counts { get; private set; }

    public IReadOnlyList<MoveLine> Lines { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>While it runs the page loads itself again.</summary>
    public bool IsRunning => Order?.State == "Running";

    public async Task OnGetAsync()
    {
        if ((Order = await ReadAsync<MoveShown>($"/version-moves/{Escape(Lenh)}")) is null)
        {
            return;
        }

        if (Order.State == "Draft" && MayChange)
        {
            var dry = await AskAsync<MoveDry>(HttpMethod.Post, $"/version-moves/{Escape(Lenh)}/dry-run", null);
            (Counts, Lines) = (dry?.Counts, dry?.Lines ?? []);
            return;
        }

        Counts = Order.Counts;
        var page = await ReadAsync<MovePage>($"/version-moves/{Escape(Lenh)}/items", ("cursor", Tiep), ("size", "100"));
        (Lines, Next) = (page?.Items ?? [], page?.Next);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await AskAsync<object>(HttpMethod.Post, $"/version-moves/{Escape(Lenh)}/run", null) is not null)
        {
            return RedirectToPage(new { id = Id, lenh = Lenh });
        }

        var refused = Problem;
        await OnGetAsync();
        Problem = refused;
        return Page();
    }
}
