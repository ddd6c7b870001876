using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Outbox;

/// <summary>The stored side of the outbox: what may be sent now, and what became of it.</summary>
public sealed class PendingMessages(
    Database database, IDbContextFactory<EngineDb> contexts, CommitLane lane, TimeProvider time, OutboxOptions options)
{
    private const int BatchSize = 200;

    /// <summary>
    /// Due messages, of each dossier and kind only the oldest: later ones wait until it is sent or dead. A message gateway that is
    /// down must not hold up what another system has to hear.
    /// With several nodes each message is given to one of them for a while.
    /// </summary>
    internal async Task<List<OutboxRow>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var at = now.ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (database.Kind == DatabaseKind.Postgres)
        {
            var until = (now + (options.SendTimeout * 1.5)).ToUnixTimeMilliseconds();
            return await db.Outbox.FromSql($"""
                update outbox set next_attempt_at = {until} where id in (
                    select id from outbox o
                    where sent_at is null and dead_at is null and next_attempt_at <= {at} and not exists (
                        select 1 from outbox p
                        where p.dossier_id = o.dossier_id and p.kind = o.kind and p.id < o.id and p.sent_at is null and p.dead_at is null)
                    order by id limit {BatchSize} for update skip locked)
                returning *
                """).AsNoTracking().ToListAsync(cancellationToken);
        }

        return await db.Outbox.FromSql($"""
            select * from outbox o
            where sent_at is null and dead_at is null and next_attempt_at <= {at} and not exists (
                select 1 from outbox p
                where p.dossier_id = o.dossier_id and p.kind = o.kind and p.id < o.id and p.sent_at is null and p.dead_at is null)
            order by id limit {BatchSize}
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    internal Task MarkSentAsync(OutboxRow row, CancellationToken cancellationToken) => lane.CommitAsync(
        new Changes().Execute($"""
            update outbox set sent_at = {time.GetUtcNow()}, attempts = attempts + 1, error = null
            where id = {row.Id} and sent_at is null
            """),
        cancellationToken);

    /// <summary>Returns whether the message is dead now.</summary>
    internal async Task<bool> MarkFailedAsync(OutboxRow row, string error, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var attempts = row.Attempts + 1;
        var isDead = attempts >= options.MaxAttempts;
        DateTimeOffset? deadAt = isDead ? now : null;
        await lane.CommitAsync(
            new Changes().Update(
                new OutboxRow
                {
                    Id = row.Id,
                    Kind = row.Kind,
                    Payload = row.Payload,
                    IdempotencyKey = row.IdempotencyKey,
                    Attempts = attempts,
                    NextAttemptAt = now + options.PauseAfter(attempts),
                    DeadAt = deadAt,
                    Error = error.Length > 2000 ? error[..2000] : error,
                },
                nameof(OutboxRow.Attempts), nameof(OutboxRow.NextAttemptAt), nameof(OutboxRow.DeadAt), nameof(OutboxRow.Error)),
            cancellationToken);
        return isDead;
    }

    /// <summary>Gives a dead message all its attempts again, under its old key and in its old place.</summary>
    /// <exception cref="StaleException">The message is not dead.</exception>
    public Task ReplayAsync(long id, CancellationToken cancellationToken = default) => lane.CommitAsync(
        new Changes().Execute(
            $"update outbox set dead_at = null, attempts = 0, next_attempt_at = {time.GetUtcNow()} where id = {id} and dead_at is not null and sent_at is null",
            rows: 1),
        cancellationToken);

    /// <summary>How long the oldest message that still has to go out has waited.</summary>
    public async Task<TimeSpan> AgeAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = await db.Outbox.Where(row => row.SentAt == null && row.DeadAt == null)
            .OrderBy(row => row.Id).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return oldest is null ? TimeSpan.Zero : time.GetUtcNow() - oldest.Value;
    }
}
