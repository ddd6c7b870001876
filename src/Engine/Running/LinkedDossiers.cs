using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Coordination;
using PublicService.Dossiers;
using PublicService.Engine.Outbox;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// Starts the parts of a linked dossier, withdraws those that are of no use any more, and tells the parent when one has ended. Each is
/// a click of its own dossier, done from the outbox: several aggregates and their numbers in one transaction would lock one another.
/// The id of a part is fixed by its parent, so a message that comes twice starts it once; and as it leaves only after the parent's
/// click is stored, no part can end before its parent waits.
/// </summary>
public sealed class LinkedDossiers(DossierStarts starts, LinkedSubmissions submissions, ClickRoom room, InstanceRuns runs, IDbContextFactory<EngineDb> contexts)
    : IMessageChannel
{
    /// <summary>Outbox kind; messages of one part are sent in their order.</summary>
    public const string Kind = "linked-dossier";

    /// <summary>What a part that has ended says to its parent.</summary>
    public static JsonObject Ended(Dossier part) => new()
    {
        ["ended"] = part.ParentId!.Value.ToString(),
        ["code"] = part.Code,
        ["status"] = part.BusinessStatus.Word(),
        ["statusCode"] = (int)part.BusinessStatus,
        ["completed"] = part.BusinessStatus is BusinessStatus.Finished or BusinessStatus.Returned,
        ["resultNumber"] = part.ResultNumber,
    };

    public Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var (part, payload) = (message.DossierId!.Value, JsonNode.Parse(message.Payload)!.AsObject());
        return payload["ended"] is { } parent ? runs.ResumeByKeyAsync(Guid.Parse(parent.ToString()), StartLinkedDossiers.BookmarkName, part.ToString("n"), payload, cancellationToken)
            : payload["withdraw"] is { } reason ? WithdrawAsync(part, reason.ToString(), cancellationToken)
            : StartAsync(part, payload, cancellationToken);
    }

    /// <exception cref="RefusedException">The part cannot be handed in. People are told by an incident of the parent; the message is tried again, and can be replayed when it is dead.</exception>
    private async Task StartAsync(Guid part, JsonObject payload, CancellationToken cancellationToken)
    {
        var parentId = Guid.Parse(payload["parent"]!.ToString());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = part.ToString("n");
        if (!await db.Bookmarks.AnyAsync(row => row.Name == StartLinkedDossiers.BookmarkName && row.Key == key, cancellationToken)
            || await db.Dossiers.AnyAsync(dossier => dossier.Id == part, cancellationToken))
        {
            // Nobody waits for it any more, or it was started before a crash.
            return;
        }

        var parent = await db.Dossiers.AsNoTracking().FirstAsync(dossier => dossier.Id == parentId, cancellationToken);
        var papers = await db.Papers.AsNoTracking().Where(paper => paper.DossierId == parentId && paper.RemovedAt == null).ToListAsync(cancellationToken);
        try
        {
            var (agency, workflow, submission) = submissions.Of(part, parent, payload);
            await starts.StartAsync(
                agency,
                workflow,
                submission,
                Act.System(DateTimeOffset.MinValue),
                click => Bring(click, parent, papers.Where(paper => Named(payload, paper))),
                (_, _) => { },
                cancellationToken);
        }
        catch (DuplicateException)
        {
            // Another node was faster with the same message.
        }
        catch (RefusedException refusal)
        {
            await room.ReportAsync(parentId, payload["instance"]!.ToString(), null, payload["activity"]!.ToString(), $"{refusal.Code}: {refusal.Message}", cancellationToken);
            throw;
        }
    }

    /// <summary>A part gets the papers of its parent that it needs; the content is the same file.</summary>
    private static void Bring(Click click, Dossier parent, IEnumerable<PaperRow> papers)
    {
        var part = click.Dossier!;
        part.Note(LedgerAct.LinkedDossierStarted, new JsonObject { ["parent"] = parent.Code }.ToJsonString(JsonText.Readable), click.Act);
        foreach (var paper in papers)
        {
            part.AttachPaper(paper.Name, paper.FileName, paper.Sha256, click.Act);
            click.Changes.Insert(new PaperRow
            {
                Id = Guid.CreateVersion7(),
                DossierId = part.Id,
                Name = paper.Name,
                Kind = paper.Kind,
                FileName = paper.FileName,
                MediaType = paper.MediaType,
                Size = paper.Size,
                Sha256 = paper.Sha256,
                Note = paper.Note,
                UploadedAt = click.Act.At,
                UploadedBy = paper.UploadedBy,
            });
        }
    }

    private static bool Named(JsonObject payload, PaperRow paper) =>
        payload["papers"]!.AsArray().Any(name => name?.ToString() is { } wanted && (wanted == paper.Name || wanted == paper.Kind));

    /// <summary>A part that has ended stays as it is: its result stands by itself.</summary>
    private async Task WithdrawAsync(Guid part, string reason, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Dossiers.Open().AnyAsync(dossier => dossier.Id == part, cancellationToken))
        {
            return;
        }

        var root = await db.Instances.RootOf(part).FirstAsync(cancellationToken);
        await room.ClickAsync(
            part,
            part.ToString(),
            Act.System(DateTimeOffset.MinValue),
            async click =>
            {
                click.Dossier!.Withdraw(reason, click.Act);
                await click.CancelAsync(root);
            },
            (_, _) => { },
            cancellationToken);
    }
}
