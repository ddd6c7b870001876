using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>Keeps what the portal answered: in the facts of the dossier after every call, in the dossier itself when nothing is left to tell.</summary>
internal sealed class PortalOutcomes(CommitLane lane, ClickRoom room, IDbContextFactory<EngineDb> contexts, TimeProvider time)
{
    private const int LongestReason = 2000;

    /// <summary>The portal knows everything up to the end of this step.</summary>
    /// <param name="message">The state it accepted; null when only steps were told.</param>
    public Task AcceptAsync(PortalSubject subject, PortalStep step, JsonObject? message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var changes = new Changes().Execute($"""
            update dossier_facts set portal_known = {step.UpTo}, portal_known_at = {now} where dossier_id = {subject.Dossier.Id} and portal_known < {step.UpTo}
            """);
        if (message is not null)
        {
            var status = int.Parse(message["TrangThaiHoSo"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var results = message["DanhSachGiayToKetQua"]!.AsArray().Count(result => result!["DuongDanTepTinKetQua"]!.ToString().Length > 0);
            changes.Execute($"""
                update dossier_facts set portal_status = {status}, portal_received = {message["NgayTiepNhan"]!.ToString().Length > 0},
                    portal_fee = {DossierFacts.FeeOf(subject.Until(step.Dossier!))}, portal_results = {results}
                where dossier_id = {subject.Dossier.Id} and portal_known = {step.UpTo}
                """);
        }

        return lane.CommitAsync(changes, cancellationToken);
    }

    /// <summary>A message was refused, or held back by us.</summary>
    public Task RefuseAsync(Guid dossierId, int upTo, bool isHeld, string reason, CancellationToken cancellationToken) => lane.CommitAsync(
        new Changes().Execute($"""
            update dossier_facts set portal_refused = {upTo}, portal_refused_at = {time.GetUtcNow()}, portal_held = {isHeld}, portal_reason = {Short(reason)}
            where dossier_id = {dossierId} and portal_known < {upTo}
            """),
        cancellationToken);

    /// <summary>
    /// Moves the dossier to synchronised or rejected, if this was the last there is to tell: what is still in the outbox has a verdict of its own.
    /// Looked at again inside the click, so that an officer who is faster wins.
    /// </summary>
    public async Task SettleAsync(Guid dossierId, int upTo, string? refusal, CancellationToken cancellationToken)
    {
        if (!await IsLastAsync(dossierId, upTo, cancellationToken))
        {
            return;
        }

        await room.ClickAsync(
            dossierId,
            dossierId.ToString(),
            Act.System(DateTimeOffset.MinValue),
            async click =>
            {
                if (click.Dossier is { SyncStatus: SyncStatus.Pending } dossier && await IsLastAsync(dossierId, upTo, cancellationToken))
                {
                    if (refusal is null)
                    {
                        dossier.ConfirmSync(click.Act);
                    }
                    else
                    {
                        dossier.RejectSync(Short(refusal), click.Act);
                    }
                }
            },
            (_, _) => { },
            cancellationToken);
    }

    /// <summary>Gives all messages their attempts again that were given up; called when the portal answers after it could not be reached.</summary>
    public Task ReviveAsync(CancellationToken cancellationToken) => lane.CommitAsync(
        new Changes().Execute($"""
            update outbox set dead_at = null, attempts = 0, next_attempt_at = {time.GetUtcNow()}
            where kind = {DossierFacts.PortalKind} and dead_at is not null and sent_at is null
            """),
        cancellationToken);

    private async Task<bool> IsLastAsync(Guid dossierId, int upTo, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from facts in db.Set<DossierFactsRow>()
            join dossier in db.Dossiers on facts.DossierId equals dossier.Id
            where facts.DossierId == dossierId && facts.PortalTold <= upTo && dossier.SyncStatus == SyncStatus.Pending
            select facts.DossierId).AnyAsync(cancellationToken);
    }

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];
}
