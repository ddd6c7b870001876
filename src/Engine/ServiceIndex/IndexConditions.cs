using System.Linq.Expressions;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.ServiceIndex;

/// <summary>The dossiers of an item: which are in its denominator, and which of those are in its numerator or miss it.</summary>
/// <param name="WholeHand">The denominator is everything in hand in the period, not only what was received in it.</param>
internal sealed record IndexCondition(Expression<Func<DossierFactsRow, bool>> In, Expression<Func<DossierFactsRow, bool>> Out, bool WholeHand = false)
{
    /// <returns>Null for items that do not count dossiers.</returns>
    public static IndexCondition? Of(string item, DateTimeOffset at, IReadOnlyCollection<string> returning) => item switch
    {
        "1.4" => new(facts => facts.PortalReceived, facts => !facts.PortalReceived),
        "2.1" => new(
            facts => (facts.SecondSupplementAt == null || facts.SecondSupplementAt > at)
                && (facts.DueAt == null
                    || (facts.IndexEndAt != null && facts.IndexEndAt <= at && facts.IndexEndAt <= facts.DueAt)
                    || ((facts.IndexEndAt == null || facts.IndexEndAt > at) && facts.DueAt >= at)),
            facts => (facts.SecondSupplementAt != null && facts.SecondSupplementAt <= at)
                || (facts.IndexEndAt != null && facts.IndexEndAt <= at && facts.IndexEndAt > facts.DueAt)
                || ((facts.IndexEndAt == null || facts.IndexEndAt > at) && facts.DueAt < at),
            WholeHand: true),
        "3.3" => new(
            facts => facts.Channel == Channel.Online && (facts.Results > 0 || !returning.Contains(facts.ProcedureCode)),
            facts => facts.Channel != Channel.Online || (facts.Results == 0 && returning.Contains(facts.ProcedureCode))),
        "3.6" => new(facts => facts.Fee > 0 && facts.PaidOnline, facts => facts.Fee > 0 && !facts.PaidOnline),
        "4.1" => new(
            facts => facts.FinishedAt != null && facts.Results > 0 && returning.Contains(facts.ProcedureCode),
            facts => facts.FinishedAt != null && facts.Results == 0 && returning.Contains(facts.ProcedureCode)),
        "4.2" => new(facts => facts.Papers > 0 && facts.Results > 0, facts => facts.Papers == 0 || facts.Results == 0),
        "4.3" => new(facts => facts.Papers > 0, facts => facts.Papers == 0),
        "4.4" => new(facts => facts.PortalResults > 0, facts => facts.PortalResults == 0),
        "4.5b" => new(facts => facts.IdentityVerified, facts => !facts.IdentityVerified),
        _ => null,
    };
}
