using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages;

/// <summary>The catalogue of procedures, each with the way to its workflow.</summary>
internal sealed class IndexModel(Session session, Engine engine) : PageModel
{
    public sealed record Procedure(string Code, string Name, string Field, string Level, string DefinitionId, bool HasWorkflow);

    public sealed record ProcedurePage(IReadOnlyList<Procedure> Items, string? Next);

    [BindProperty(SupportsGet = true)]
    public string? Tim { get; set; }

    /// <summary>Cursor of the next page.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Tiep { get; set; }

    public IReadOnlyList<Procedure> Procedures { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await session.TokenAsync(cancellationToken) is not { } token)
        {
            return Challenge();
        }

        var query = QueryString.Create(new Dictionary<string, string?> { ["search"] = Tim, ["cursor"] = Tiep, ["size"] = "100" }.Where(part => part.Value is not null));
        var page = await engine.GetAsync<ProcedurePage>("/api/v1/procedures" + query, token.Value, cancellationToken);
        (Procedures, Next) = (page.Items, page.Next);
        return Page();
    }
}
