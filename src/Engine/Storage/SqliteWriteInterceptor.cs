using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PublicService.Engine.Storage;

/// <summary>
/// Saving through EF itself (accounts, settings) waits for its turn beside the commit lane and is flushed like it.
/// Only saving pays for this; connections that read are opened as they are.
/// </summary>
internal sealed class SqliteWriteInterceptor(SqliteGate gate) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> holders = [];

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await gate.Semaphore.WaitAsync(cancellationToken);
        try
        {
            var database = eventData.Context!.Database;
            await database.OpenConnectionAsync(cancellationToken);
            // Inside a transaction the setting cannot be changed any more.
            if (database.CurrentTransaction is null)
            {
                await database.ExecuteSqlRawAsync("pragma synchronous = full", cancellationToken);
            }
        }
        catch
        {
            gate.Semaphore.Release();
            throw;
        }

        holders.AddOrUpdate(eventData.Context, gate);
        return result;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        throw new NotSupportedException("Save asynchronously.");

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await LeaveAsync(eventData.Context);
        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        LeaveAsync(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) =>
        LeaveAsync(eventData.Context);

    private async Task LeaveAsync(DbContext? context)
    {
        if (context is not null && holders.Remove(context))
        {
            gate.Semaphore.Release();
            await context.Database.CloseConnectionAsync();
        }
    }
}
