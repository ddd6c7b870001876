using PublicService.Dossiers;
using PublicService.Engine.Printing;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// Issues the forms of TT 03/2025/TT-VPCP: reads from the ledger lines of a click which forms they mean, and stores each with its number in
/// the same transaction. No activity and no slice knows of it.
/// </summary>
public sealed class FormIssue(FormContents contents)
{
    public async Task IssueAsync(Click click, IClickSource source)
    {
        var issues = click.NewLines.Select(entry => (Kind: FormKinds.IssuedBy(entry.Act), Entry: entry)).Where(issue => issue.Kind is not null).OrderBy(issue => issue.Kind);
        foreach (var (kind, entry) in issues)
        {
            var papers = kind is FormKind.Receipt ? await source.PapersAsync(click.Dossier!.Id) : [];
            FormRow.Issue(click.Changes, contents.Issue(kind!.Value, click.Dossier!, entry, papers));
        }
    }
}
