using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>Answers of the credential and the deferred endpoint (OpenID4VCI 8.3, 9.2).</summary>
public static class CredentialAnswer
{
    /// <summary>200.</summary>
    /// <param name="notificationId">Null in deferred answers: a common library wrongly refuses them otherwise.</param>
    public static JsonObject Issued(IEnumerable<string> credentials, string? notificationId)
    {
        var answer = new JsonObject
        {
            ["credentials"] = new JsonArray([.. credentials.Select(credential => (JsonNode)new JsonObject { ["credential"] = credential })]),
        };
        if (notificationId is not null)
        {
            answer["notification_id"] = notificationId;
        }

        return answer;
    }

    /// <summary>202: come back after a while.</summary>
    public static JsonObject Later(string transactionId, int seconds) => new() { ["transaction_id"] = transactionId, ["interval"] = seconds };
}

/// <summary>A wallet comes back for a credential that was not ready.</summary>
public sealed record DeferredRequest(string TransactionId)
{
    /// <exception cref="ProtocolException">invalid_credential_request, invalid_transaction_id.</exception>
    public static DeferredRequest Read(ReadOnlySpan<byte> body)
    {
        JsonObject request;
        try
        {
            request = StrictJson.ReadObject(body);
        }
        catch (UnacceptableException why)
        {
            throw new ProtocolException("invalid_credential_request", "the request is not JSON as it must be", inner: why);
        }

        return request.Text("transaction_id") is { Length: > 0 and <= 200 } id ? new(id) : throw Unknown();
    }

    public static ProtocolException Unknown() => new("invalid_transaction_id", "the transaction is not known or over");
}

/// <summary>What a wallet tells of a credential it got (OpenID4VCI 11.1).</summary>
public enum NotificationEvent
{
    Accepted,
    Failure,
    Deleted,
}

/// <summary>A wallet's notification. It may come twice, late or never.</summary>
public sealed record NotificationRequest(string Id, NotificationEvent Event)
{
    /// <exception cref="ProtocolException">invalid_notification_request.</exception>
    public static NotificationRequest Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var request = StrictJson.ReadObject(body);
            return request.Text("notification_id") is { Length: > 0 and <= 200 } id
                ? new(id, request.Text("event") switch
                {
                    "credential_accepted" => NotificationEvent.Accepted,
                    "credential_failure" => NotificationEvent.Failure,
                    "credential_deleted" => NotificationEvent.Deleted,
                    _ => throw new UnacceptableException("another event"),
                })
                : throw new UnacceptableException("no notification_id");
        }
        catch (UnacceptableException why)
        {
            throw new ProtocolException("invalid_notification_request", "notification_id or event is missing or wrong", inner: why);
        }
    }

    public static ProtocolException Unknown() => new("invalid_notification_id", "the notification is not known");
}
