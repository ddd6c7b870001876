using System.Text.Json.Nodes;
using PublicService.Activities.Coordination;
using PublicService.Activities.Fees;
using PublicService.Activities.Results;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>What the runs of a click ask for besides themselves, carried out in its transaction or left in the outbox.</summary>
public sealed partial class Click
{
    private async Task CarryOutAsync(RunningInstance source, Effect effect)
    {
        switch (effect)
        {
            case StartInstance start:
                Start(definitions.Published(start.DefinitionId)!, new StartRequest
                {
                    InstanceId = start.InstanceId,
                    Input = start.Input,
                    CorrelationId = start.CorrelationId ?? source.State.CorrelationId,
                    ParentInstanceId = start.ParentInstanceId,
                });
                break;
            case ResumeParent ended:
                var answer = new JsonObject { ["SubStatus"] = ended.Ending.ToString(), ["Output"] = ended.Output.DeepClone() };
                if ((await FindAsync(ended.ParentInstanceId))?.State.Bookmarks.Find(bookmark => bookmark.Key == ended.ChildInstanceId) is { } waiting)
                {
                    await ResumeAsync(ended.ParentInstanceId, waiting.Id, answer);
                }

                break;
            case PublishEvent { InstanceId: { } local } published:
                foreach (var bookmark in (await FindAsync(local))?.State.Bookmarks.Where(open => open.Name == "Elsa.Event" && open.Key == published.EventName).ToList() ?? [])
                {
                    await ResumeAsync(local, bookmark.Id, EventDelivery.InputOf(published.Payload));
                }

                break;
            case PublishEvent published:
                Send(source, EventDelivery.Kind, EventDelivery.ToJson(published));
                break;
            case RequestTask asked:
                payloads[asked.TaskId] = asked.Payload?.ToJsonString(JsonText.Readable);
                break;
            case CancelInstance cancel:
                await CancelAsync(cancel.InstanceId);
                break;
            case SendMessage message:
                Send(source, message.Kind, message.Payload);
                break;
            case LinkedDossierMessage linked:
                Send(source, LinkedDossiers.Kind, linked.Payload, Guid.ParseExact(linked.PartId, "n"));
                break;
            case PaymentClosed closed:
                changes.Execute($"update payments set state = {closed.State}, receipt = {closed.Receipt}, closed_at = {Act.At} where id = {closed.Order}");
                break;
            case ResultIssued issued:
                changes.Insert(Projections.ToResult(Dossier!, issued, Act));
                break;
        }
    }

    /// <summary>A part of a linked dossier that ends in this click lets its parent go on.</summary>
    private void TellParent(Dossier dossier)
    {
        if (dossier.ParentId is null || !wasOpen || dossier.IsOpen)
        {
            return;
        }

        var ended = LinkedDossiers.Ended(dossier);
        dossier.Note(LedgerAct.LinkedDossierEnded, null, Act.System(Act.At));
        Send(LinkedDossiers.Kind, ended, dossier.Id, $"{dossier.Id:n}-ended-{dossier.LedgerLength}");
    }

    // Journal numbers never repeat, so the key is the same only for the same message.
    private void Send(RunningInstance source, string kind, JsonObject payload, Guid? dossierId = null) =>
        Send(kind, payload, dossierId ?? Dossier?.Id, $"{source.State.Id}-{source.State.JournalSequence}-{++messages}");

    private void Send(string kind, JsonObject payload, Guid? dossierId, string key) => changes.Insert(new OutboxRow
    {
        DossierId = dossierId,
        Kind = kind,
        Payload = payload.ToJsonString(JsonText.Readable),
        IdempotencyKey = key,
        CreatedAt = Act.At,
        NextAttemptAt = Act.At,
    });
}
