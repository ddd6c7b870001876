using System.Text.Json.Nodes;
using PublicService.Engine.Outbox;

namespace PublicService.Engine.NationalPortal;

/// <summary>
/// Brings the portal up to a line of a dossier's ledger. A message says only up to which line; what is said is made from the ledger when it
/// is sent, so a repetition says the same, a correction is in it, and a message that was given up is made good by the next one.
/// </summary>
internal sealed class PortalChannel(
    PortalSubjects subjects, DossierMessage dossiers, ProgressMessage steps, PortalClient client, PortalOutcomes outcomes) : IMessageChannel
{
    // At a start nobody knows whether messages were given up before.
    private volatile bool wasDown = true;

    /// <exception cref="PortalUnavailableException">Tried again later.</exception>
    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var upTo = UpTo(message);
        if (message.DossierId is not { } id || await subjects.FindAsync(id, cancellationToken) is not { } subject)
        {
            return;
        }

        try
        {
            var refusal = await TellAsync(subject, upTo, cancellationToken);
            await outcomes.SettleAsync(id, upTo, refusal, cancellationToken);
        }
        catch (Exception error) when (error is PortalUnavailableException or OperationCanceledException)
        {
            wasDown = true;
            throw;
        }
    }

    internal static int UpTo(OutboxMessage message) => JsonNode.Parse(message.Payload)!["upTo"]!.GetValue<int>();

    /// <summary>Tells step after step; returns why the first one was refused that was.</summary>
    private async Task<string?> TellAsync(PortalSubject subject, int upTo, CancellationToken cancellationToken)
    {
        var isNew = subject.Facts.PortalStatus is null;
        foreach (var step in PortalPlan.Of(subject.Ledger, subject.Facts.PortalKnown, upTo, isNew))
        {
            var state = step.Dossier is { } line ? dossiers.Of(subject, line) : null;
            if (state is not null && PortalChecks.FindingsOf(state) is [_, ..] findings)
            {
                return await RefuseAsync(subject, step.UpTo, isHeld: true, $"Chưa gửi Cổng DVCQG: {string.Join("; ", findings)}.", cancellationToken);
            }

            if (state is not null && await ShowAsync(state, isNew, cancellationToken) is { Verdict: not PortalVerdict.Accepted } answer)
            {
                return await RefuseAsync(subject, step.UpTo, isHeld: false, $"Cổng DVCQG từ chối ({answer.Code}): {answer.Message}", cancellationToken);
            }

            isNew &= state is null;
            if (step.Progress.Count > 0)
            {
                var answered = await client.SendAsync(
                    ProgressMessage.Service, true, [.. step.Progress.Select(one => steps.Of(subject.Dossier, one))], cancellationToken);
                if (answered.Verdict is not (PortalVerdict.Accepted or PortalVerdict.Exists))
                {
                    return await RefuseAsync(subject, step.UpTo, isHeld: false, $"Cổng DVCQG từ chối tiến độ ({answered.Code}): {answered.Message}", cancellationToken);
                }
            }

            await outcomes.AcceptAsync(subject, step, state, cancellationToken);
        }

        if (wasDown)
        {
            wasDown = false;
            await outcomes.ReviveAsync(cancellationToken);
        }

        return null;
    }

    /// <summary>As a new dossier or as an update; when the portal sees it the other way round, the other way.</summary>
    private async Task<PortalAnswer> ShowAsync(JsonObject state, bool isNew, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(DossierMessage.Service, !isNew, [state.DeepClone()], cancellationToken);
        return answer.Verdict is PortalVerdict.Exists && isNew ? await client.SendAsync(DossierMessage.Service, true, [state.DeepClone()], cancellationToken)
            : answer.Verdict is PortalVerdict.Missing && !isNew ? await client.SendAsync(DossierMessage.Service, false, [state.DeepClone()], cancellationToken)
            : answer;
    }

    private async Task<string> RefuseAsync(PortalSubject subject, int upTo, bool isHeld, string reason, CancellationToken cancellationToken)
    {
        await outcomes.RefuseAsync(subject.Dossier.Id, upTo, isHeld, reason, cancellationToken);
        return reason;
    }
}

/// <summary>
/// Without an address of the portal: what one click would have told becomes a file, for an adapter that fetches from a folder. Nobody
/// answers, so such dossiers stay pending.
/// </summary>
internal sealed class PortalFiles(
    PortalSubjects subjects, DossierMessage dossiers, ProgressMessage steps, PortalClient client, IMessageChannel files) : IMessageChannel
{
    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.DossierId is not { } id || await subjects.FindAsync(id, cancellationToken) is not { } subject)
        {
            return;
        }

        var last = subject.Line(PortalChannel.UpTo(message));
        var first = subject.Ledger.First(line => line.At == last.At).Sequence;
        var envelopes = new JsonArray();
        foreach (var step in PortalPlan.Of(subject.Ledger, first - 1, last.Sequence, first == 1))
        {
            if (step.Dossier is { } line)
            {
                envelopes.Add(client.Envelope(DossierMessage.Service, first > 1 || envelopes.Count > 0, [dossiers.Of(subject, line)]));
            }

            if (step.Progress.Count > 0)
            {
                envelopes.Add(client.Envelope(ProgressMessage.Service, true, [.. step.Progress.Select(one => steps.Of(subject.Dossier, one))]));
            }
        }

        await files.SendAsync(message with { Payload = envelopes.ToJsonString() }, cancellationToken);
    }
}
