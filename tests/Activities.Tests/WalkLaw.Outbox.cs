using System.Text.Json.Nodes;
using PublicService.Activities.Messages;
using PublicService.Activities.Results;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>What left through the outbox.</summary>
internal sealed partial class WalkLaw
{
    private static readonly string[] Delivery = ["CoKetQua", "TraKetQua"];
    private static readonly string[] Endings = ["TuChoi", "DungGiaiQuyet", "RutHoSo"];

    private void CheckOutbox()
    {
        var messages = trial.Effects.Where(sent => sent.Effect is SendMessage).Select(sent => (sent.At, Message: (SendMessage)sent.Effect)).ToList();
        Same(true, messages.TrueForAll(sent => sent.Message.Payload["dossier"]?.ToString() == Dossier.Code), "the dossier on every message");
        Same(true, messages.Zip(messages.Skip(1)).All(pair => pair.First.At <= pair.Second.At), "the order of the messages");

        CheckNotifications(messages);
        CheckMoney(messages);
        Same(Count<LookUpPopulation>("Started"), messages.Count(sent => sent.Message.Kind == LookUpPopulation.Kind), "questions to the population database");
        Same(
            Ledger.Count(line => line.Act is LedgerAct.TransferSent && JsonNode.Parse(line.Data!)!["system"] is not null),
            messages.Count(sent => sent.Message.Kind == "transfer"),
            "questions to foreign systems");
        CheckPortal();
        CheckSilenceAfterTheEnd(messages);
    }

    private void CheckNotifications(List<(DateTimeOffset At, SendMessage Message)> messages)
    {
        List<string> expected = [];
        foreach (var line in Ledger)
        {
            expected.AddRange(line.Act switch
            {
                LedgerAct.Received => ["TiepNhan"],
                LedgerAct.SupplementRequested => ["YeuCauBoSung"],
                LedgerAct.Extended => ["XinLoi"],
                LedgerAct.DocumentIssued when JsonNode.Parse(line.Data!)!["result"] is not null => ["CoKetQua"],
                LedgerAct.ResultReturned => ["TraKetQua"],
                LedgerAct.Notified => [JsonNode.Parse(line.Data!)!["template"]!.ToString()],
                _ => Array.Empty<string>(),
            });
        }

        var sent = messages.Where(one => one.Message.Kind == "notification").Select(one => one.Message.Payload["template"]!.ToString()).ToList();
        Same(Dossier.BusinessStatus is BusinessStatus.Returned ? 0 : 1, sent.Count(Endings.Contains), "letters about the end");
        Same(string.Join(' ', expected), string.Join(' ', sent.Where(template => !Endings.Contains(template))), "the notifications");
        var results = trial.Effects.Count(one => one.Effect is ResultIssued);
        Same(Dossier.BusinessStatus is BusinessStatus.Returned, results > 0, "an electronic result");
        Same(results, sent.Count(template => template == "CoKetQua"), "news of each result");
        foreach (var notice in messages.Where(one => one.Message.Payload["template"]?.ToString() == "TiepNhan"))
        {
            Same(Dossier.OriginalDueAt?.ToString("O"), notice.Message.Payload["dueAt"]?.ToString(), "the promise told to the citizen");
        }
    }

    /// <summary>One request for each charge, with its sum, and every charge is settled before the result is released.</summary>
    private void CheckMoney(List<(DateTimeOffset At, SendMessage Message)> messages)
    {
        var asked = Ledger.Where(line => line.Act is LedgerAct.FeeRequested or LedgerAct.PaymentRequested).ToList();
        var requests = messages.Where(one => one.Message.Kind == "payment-request").Select(one => one.Message.Payload).ToList();
        Same(
            string.Join(' ', asked.Select(line => JsonNode.Parse(line.Data!)!["amount"]!.ToString())),
            string.Join(' ', requests.Select(request => request["amount"]!.ToString())),
            "the payment requests");
        Same(requests.Count, requests.Select(request => request["order"]!.ToString()).Distinct().Count(), "orders of their own");
        Same(asked.Count(line => line.Act is LedgerAct.PaymentRequested), asked.Count(line => line.Act is LedgerAct.PaymentRequested && line.Article is { Length: > 0 }), "an article on every duty");
        if (Dossier.BusinessStatus is BusinessStatus.Returned)
        {
            var settled = Ledger.Count(line => line.Act is LedgerAct.PaymentConfirmed or LedgerAct.PaymentWaived or LedgerAct.PaymentCancelled);
            Same((asked.Count, 0L), (settled, Dossier.AmountDue), "charges that were settled");
        }
    }

    /// <summary>Whoever drew the procedure, the national portal hears of every change of its status.</summary>
    private void CheckPortal()
    {
        Same(Count<SyncNationalPortal>("Completed"), Ledger.Count(line => line.Act is LedgerAct.SyncAsked), "requests to synchronise");
        var changes = Ledger.Zip(Ledger.Skip(1)).Where(pair => pair.First.StatusAfter != pair.Second.StatusAfter).Select(pair => pair.Second);
        Same(true, changes.All(line => line.Act.News() is not PortalNews.None), "news of every status");
        Same(SyncStatus.Pending, Dossier.SyncStatus, "the synchronisation that is due");
    }

    /// <summary>A dossier that has ended says so and is silent; one that is released speaks only of its delivery.</summary>
    private void CheckSilenceAfterTheEnd(List<(DateTimeOffset At, SendMessage Message)> messages)
    {
        var end = Ledger.First(line => line.Act is LedgerAct.Finished or LedgerAct.Stopped or LedgerAct.Withdrawn or LedgerAct.NotAccepted);
        var late = messages.Where(one => one.At > end.At).Select(one => one.Message);
        Same(true, late.All(message => Dossier.BusinessStatus is BusinessStatus.Returned
            && (Delivery.Contains(message.Payload["template"]?.ToString()) || message.Kind.Contains("wallet", StringComparison.Ordinal))), "silence after the end");
        Same(false, Ledger.Any(line => line.Sequence > end.Sequence && line.Act is LedgerAct.DeadlineWarned or LedgerAct.DeadlineBreached), "no deadline after the end");
    }
}
