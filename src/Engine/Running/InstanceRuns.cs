using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Jobs;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>The door for what is not a person's click on a dossier: timers, events, and workflows without a dossier.</summary>
public sealed class InstanceRuns(ClickRoom room, DefinitionCache definitions, CommitLane lane, IDbContextFactory<EngineDb> contexts)
{
    /// <summary>Starts an instance of a published definition without a dossier.</summary>
    /// <returns>Its id, or null when the activation strategy lets no further instance start.</returns>
    /// <exception cref="RefusedException">WORKFLOW_NOT_FOUND.</exception>
    public Task<string?> StartAsync(string definitionId, StartRequest request, CancellationToken cancellationToken) => StartAsync(
        definitions.Published(definitionId) ?? throw new RefusedException("WORKFLOW_NOT_FOUND", $"Không có quy trình “{definitionId}” đang được ban hành."),
        request,
        new Changes(),
        cancellationToken);

    /// <summary>The same for a version at hand.</summary>
    /// <param name="with">Stored in the same transaction, or alone when the strategy lets no instance start.</param>
    /// <exception cref="StaleException">What <paramref name="with"/> expects is not so any more.</exception>
    public async Task<string?> StartAsync(WorkflowDefinition definition, StartRequest request, Changes with, CancellationToken cancellationToken)
    {
        var id = request.InstanceId ?? Guid.CreateVersion7().ToString("n");
        if (!await MayStartAsync(definition, request.CorrelationId, cancellationToken))
        {
            if (with.Count > 0)
            {
                await lane.CommitAsync(with, cancellationToken);
            }

            return null;
        }

        try
        {
            await room.ClickAsync(null, id, Act.System(DateTimeOffset.MinValue), click =>
            {
                click.Changes.Append(with);
                click.Start(definition, request with { InstanceId = id });
                return Task.CompletedTask;
            }, (_, _) => { }, cancellationToken);
        }
        catch (DuplicateException) when (request.InstanceId is not null)
        {
            // The same trigger of the same event again, after a crash: it is already running.
        }

        return id;
    }

    /// <summary>Goes on from a bookmark; does nothing when somebody else was faster.</summary>
    /// <returns>Whether it went on.</returns>
    public async Task<bool> ResumeAsync(Guid? dossierId, string instanceId, string bookmarkId, JsonObject input, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(dossierId, instanceId, bookmarkId, input, Act.System(DateTimeOffset.MinValue), _ => { }, cancellationToken);
        }
        catch (RefusedException refusal)
        {
            // Nobody is there to read the refusal: a rule that stops a timer or a message is for the people who watch.
            await room.ReportAsync(dossierId, instanceId, null, null, $"{refusal.Code}: {refusal.Message}", cancellationToken);
            throw;
        }
    }

    /// <summary>Goes on from a bookmark with the answer of somebody who reads what comes of it, such as another system.</summary>
    /// <param name="also">Adds what is stored in the same transaction; run again when another click came in between.</param>
    /// <returns>False when the instance does not wait there any more; nothing was changed then.</returns>
    /// <exception cref="RefusedException">A rule says no to the answer.</exception>
    public async Task<bool> AnswerAsync(
        Guid? dossierId, string instanceId, string bookmarkId, JsonObject input, Act act, Action<Click> also, CancellationToken cancellationToken)
    {
        try
        {
            await room.ClickAsync(
                dossierId,
                dossierId?.ToString() ?? instanceId,
                act,
                async click =>
                {
                    await click.ResumeAsync(instanceId, bookmarkId, input);
                    also(click);
                },
                (_, _) => { },
                cancellationToken);
            return true;
        }
        catch (RunRefusedException)
        {
            return false;
        }
    }

    /// <summary>Goes on from the bookmark with this kind and key; does nothing when nobody waits there any more.</summary>
    public async Task<bool> ResumeByKeyAsync(Guid? dossierId, string name, string key, JsonObject input, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Bookmarks.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name && row.Key == key, cancellationToken);
        return waiting is not null && await ResumeAsync(dossierId, waiting.InstanceId, waiting.Id, input, cancellationToken);
    }

    /// <summary>Handles one due timer.</summary>
    public Task ResumeAsync(DueTimer timer, CancellationToken cancellationToken) =>
        ResumeAsync(timer.DossierId, timer.InstanceId, timer.BookmarkId, [], cancellationToken);

    /// <summary>Ends an instance without a dossier, and the instances it started.</summary>
    public Task CancelAsync(string instanceId, CancellationToken cancellationToken) => room.ClickAsync(
        null, instanceId, Act.System(DateTimeOffset.MinValue), click => click.CancelAsync(instanceId), (_, _) => { }, cancellationToken);

    /// <summary>Elsa contract D.3.</summary>
    private async Task<bool> MayStartAsync(WorkflowDefinition definition, string? correlationId, CancellationToken cancellationToken)
    {
        if (definition.Activation is ActivationStrategy.Always)
        {
            return true;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var running = db.Instances.Where(row => row.Status == InstanceStatus.Running);
        return definition.Activation switch
        {
            ActivationStrategy.Singleton => !await running.AnyAsync(row => row.DefinitionId == definition.DefinitionId, cancellationToken),
            ActivationStrategy.Correlation => !await running.AnyAsync(row => row.CorrelationId == correlationId, cancellationToken),
            _ => !await running.AnyAsync(row => row.DefinitionId == definition.DefinitionId && row.CorrelationId == correlationId, cancellationToken),
        };
    }
}
