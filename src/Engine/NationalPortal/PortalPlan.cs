using PublicService.Dossiers;

namespace PublicService.Engine.NationalPortal;

/// <summary>A stretch of the ledger in one status, as it is told: first the dossier, then its steps.</summary>
/// <param name="UpTo">Last line of the stretch.</param>
/// <param name="Dossier">The line after which the dossier is shown; null when only steps happened.</param>
internal sealed record PortalStep(int UpTo, LedgerEntry? Dossier, IReadOnlyList<LedgerEntry> Progress);

/// <summary>What still has to be told of a ledger, in its order: every status the dossier had, none skipped, none twice.</summary>
internal static class PortalPlan
{
    /// <param name="known">The portal has accepted everything up to this line.</param>
    /// <param name="isNew">The portal has never heard of the dossier, so the first stretch must bring it.</param>
    public static IReadOnlyList<PortalStep> Of(IEnumerable<LedgerEntry> ledger, int known, int upTo, bool isNew)
    {
        var steps = new List<PortalStep>();
        foreach (var line in ledger.Where(line => line.Sequence > known && line.Sequence <= upTo && line.Act.News() is not PortalNews.None))
        {
            var isDossier = line.Act.News().HasFlag(PortalNews.Dossier);
            IReadOnlyList<LedgerEntry> progress = line.Act.News().HasFlag(PortalNews.Progress) ? [line] : [];
            if (steps is [.., var last] && (last.Dossier ?? last.Progress[^1]).StatusAfter == line.StatusAfter)
            {
                steps[^1] = new PortalStep(line.Sequence, isDossier ? line : last.Dossier, [.. last.Progress, .. progress]);
            }
            else
            {
                steps.Add(new PortalStep(line.Sequence, isDossier || (isNew && steps.Count == 0) ? line : null, progress));
            }
        }

        return steps;
    }
}
