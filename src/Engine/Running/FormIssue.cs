using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Printing;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// Issues the forms of TT 03/2025/TT-VPCP: reads from the ledger lines of a click which forms they mean, and stores each with its number in
/// the same transaction. No activity and no slice knows of it.
/// </summary>
public sealed class FormIssue(FormContents contents, IDbContextFactory<EngineDb> contexts)
{
    public async Task IssueAsync(Click click, CancellationToken cancellationToken)
    {
        var issues = click.NewLines.Select(entry => (Kind: FormKinds.IssuedBy(entry.Act), Entry: entry)).Where(issue => issue.Kind is not null).OrderBy(issue => issue.Kind);
        foreach (var (kind, entry) in issues)
        {
            var papers = kind is FormKind.Receipt ? await PapersAsync(click.Dossier!.Id, cancellationToken) : [];
            FormRow.Issue(click.Changes, contents.Issue(kind!.Value, click.Dossier!, entry, papers));
        }
    }

    private async Task<IReadOnlyList<PaperRow>> PapersAsync(Guid dossierId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Papers.AsNoTracking().Where(paper => paper.DossierId == dossierId && paper.RemovedAt == null)
            .OrderBy(paper => paper.UploadedAt).ToListAsync(cancellationToken);
    }
}
