using System.Text.Json.Nodes;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// What follows from the ledger lines of a click, stored with it: the row of facts the index counts, and the message that tells the
/// national portal. Made from the ledger alone, so no procedure and no slice can forget it.
/// </summary>
public static class DossierFacts
{
    /// <summary>Outbox kind of the news for the national portal. Its payload <c>{"upTo": n}</c> only says up to which line the portal is to be told.</summary>
    public const string PortalKind = "national-portal";

    /// <summary>Whether these lines change what is counted, so that the whole ledger must be read.</summary>
    internal static bool NeedLedger(IEnumerable<LedgerEntry> lines) => lines.Any(line => line.Act.IsNote()
        ? line.Act is LedgerAct.DocumentIssued or LedgerAct.DataLookedUp or LedgerAct.Rated
        : line.Act is not (LedgerAct.SyncConfirmed or LedgerAct.SyncRejected or LedgerAct.SyncRetried or LedgerAct.VersionMoved));

    /// <param name="ledger">The whole ledger, new lines included; null when <see cref="NeedLedger"/> said no.</param>
    /// <param name="calendar">The calendar the promise was made with.</param>
    internal static void Write(Changes changes, Dossier dossier, IReadOnlyList<LedgerEntry> lines, IReadOnlyList<LedgerEntry>? ledger, Func<WorkCalendar> calendar)
    {
        var told = lines.LastOrDefault(line => line.Act.News() is not PortalNews.None)?.Sequence ?? 0;
        if (ledger is not null)
        {
            Upsert(changes, Read(dossier, ledger, calendar), told);
        }
        else if (told > 0)
        {
            changes.Execute($"update dossier_facts set portal_told = {told} where dossier_id = {dossier.Id}");
        }

        if (told > 0)
        {
            changes.Insert(new OutboxRow
            {
                DossierId = dossier.Id,
                Kind = PortalKind,
                Payload = $$"""{"upTo":{{told}}}""",
                IdempotencyKey = $"{PortalKind}-{dossier.Id:n}-{told}",
                CreatedAt = dossier.LastActAt,
                NextAttemptAt = dossier.LastActAt,
            });
        }
    }

    /// <summary>The facts of a dossier as its whole ledger gives them.</summary>
    public static DossierFactsRow Read(Dossier dossier, IReadOnlyList<LedgerEntry> ledger, Func<WorkCalendar> calendar)
    {
        var clock = dossier.ReceivedAt is null ? null : IndexClock.Read(ledger, dossier.Limit, calendar(), dossier.LastActAt);
        var finished = dossier.IsOpen ? null : clock?.EndedAt;
        return new DossierFactsRow
        {
            DossierId = dossier.Id,
            ProcedureCode = dossier.ProcedureCode,
            OfficeId = dossier.CompetentOfficeId,
            Channel = dossier.Channel,
            SubmittedAt = dossier.SubmittedAt,
            ReceivedAt = dossier.ReceivedAt,
            FinishedAt = finished,
            DueAt = clock?.DueAt,
            IndexEndAt = clock?.EndedAt,
            SecondSupplementAt = ledger.Where(line => line.Act is LedgerAct.SupplementRequested).Skip(1).FirstOrDefault()?.At,
            UsedMinutes = finished is null ? null : clock?.UsedMinutes,
            Papers = ledger.Count(line => line.Act is LedgerAct.PaperAttached) - ledger.Count(line => line.Act is LedgerAct.PaperRemoved),
            Results = ledger.SkipWhile(line => line.Sequence <= LastReopening(ledger))
                .Count(line => line.Act is LedgerAct.DocumentIssued && Text(line, "result") is { Length: > 0 }),
            Fee = FeeOf(ledger),
            PaidOnline = IsPaidOnline(ledger),
            IdentityVerified = IsIdentityVerified(ledger),
            Disliked = ledger.Any(line => line.Act is LedgerAct.Rated && line.Data?.Contains("Không hài lòng", StringComparison.Ordinal) == true),
        };
    }

    /// <summary>The population database found the person (codes of TaiKhoanDuocXacThucVoiVNeID).</summary>
    public static bool IsIdentityVerified(IEnumerable<LedgerEntry> ledger) =>
        ledger.Any(line => line.Act is LedgerAct.DataLookedUp && Text(line, "outcome") == LookUpPopulation.Found);

    /// <summary>A payment that no officer confirmed came through the payment gateway.</summary>
    public static bool IsPaidOnline(IEnumerable<LedgerEntry> ledger) =>
        ledger.Any(line => line.Act is LedgerAct.PaymentConfirmed && line.ActorId == Act.SystemId);

    /// <summary>What was charged and not cancelled, waived or refunded, VND.</summary>
    public static long FeeOf(IEnumerable<LedgerEntry> ledger)
    {
        var (settled, open) = (0L, 0L);
        foreach (var line in ledger)
        {
            (settled, open) = line.Act switch
            {
                LedgerAct.FeeRequested or LedgerAct.PaymentRequested => (settled, Amount(line)),
                LedgerAct.PaymentConfirmed => (settled + open, 0),
                LedgerAct.PaymentWaived or LedgerAct.PaymentCancelled => (settled, 0),
                LedgerAct.PaymentRefunded => (settled - Amount(line), open),
                _ => (settled, open),
            };
        }

        return settled + open;
    }

    private static int LastReopening(IEnumerable<LedgerEntry> ledger) =>
        ledger.LastOrDefault(line => line.Act is LedgerAct.Reopened)?.Sequence ?? 0;

    private static long Amount(LedgerEntry line) => line.Data is { } data && JsonNode.Parse(data)?["amount"] is { } amount ? amount.GetValue<long>() : 0;

    private static string? Text(LedgerEntry line, string name) => line.Data is { } data ? JsonNode.Parse(data)?[name]?.ToString() : null;

    // What the portal knows is written by its channel alone and stays as it is.
    private static void Upsert(Changes changes, DossierFactsRow row, int told) => changes.Execute($"""
        insert into dossier_facts (
            dossier_id, procedure_code, office_id, channel, submitted_at, received_at, finished_at, due_at, index_end_at, second_supplement_at,
            used_minutes, papers, results, fee, paid_online, identity_verified, disliked, portal_told,
            portal_known, portal_received, portal_fee, portal_results, portal_refused, portal_held)
        values (
            {row.DossierId}, {row.ProcedureCode}, {row.OfficeId}, {row.Channel}, {row.SubmittedAt}, {row.ReceivedAt}, {row.FinishedAt}, {row.DueAt}, {row.IndexEndAt}, {row.SecondSupplementAt},
            {row.UsedMinutes}, {row.Papers}, {row.Results}, {row.Fee}, {row.PaidOnline}, {row.IdentityVerified}, {row.Disliked}, {told},
            {0}, {false}, {0L}, {0}, {0}, {false})
        on conflict (dossier_id) do update set
            office_id = excluded.office_id, received_at = excluded.received_at, finished_at = excluded.finished_at, due_at = excluded.due_at,
            index_end_at = excluded.index_end_at, second_supplement_at = excluded.second_supplement_at, used_minutes = excluded.used_minutes,
            papers = excluded.papers, results = excluded.results, fee = excluded.fee, paid_online = excluded.paid_online,
            identity_verified = excluded.identity_verified, disliked = excluded.disliked,
            portal_told = case when excluded.portal_told > 0 then excluded.portal_told else dossier_facts.portal_told end
        """);
}
