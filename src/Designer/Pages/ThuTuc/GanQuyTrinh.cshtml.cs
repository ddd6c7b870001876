using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.ThuTuc;

/// <summary>Says which workflow carries a procedure; without one a first draft is made and opened.</summary>
internal sealed class GanQuyTrinhModel(Session session, Engine engine) : EnginePage(session, engine)
{
    /// <summary>What the engine answers.</summary>
    /// <param name="InForce">False for a draft beside a workflow that is published.</param>
    public sealed record Assigned(string Code, string DefinitionId, int Version, bool IsPublished, bool InForce);

    /// <summary>Code of the procedure.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ThuTuc { get; set; }

    /// <summary>The definition; empty for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? QuyTrinh { get; set; }

    [BindProperty]
    public string? LyDo { get; set; }

    public Assigned? Done { get; private set; }

    public async Task OnPostAsync() => Done = await AskAsync<Assigned>(
        HttpMethod.Put,
        $"/procedures/{Escape(ThuTuc?.Trim() is { Length: > 0 } code ? code : "-")}/definition",
        JsonContent.Create(new { reason = LyDo ?? "", definitionId = string.IsNullOrWhiteSpace(QuyTrinh) ? null : QuyTrinh.Trim() }));
}
