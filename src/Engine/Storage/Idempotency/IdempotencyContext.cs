using System.Text.Json;
using Microsoft.Extensions.Options;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PublicService.Engine.Storage;

/// <summary>
/// Carries the idempotency key of the current request (scoped) to where the click is stored. Whoever commits calls
/// <see cref="Record"/> with the reply before the commit, so that the click and its answer are stored together or not at all.
/// </summary>
public sealed class IdempotencyContext(IOptions<HttpJsonOptions> json, TimeProvider time)
{
    private (string Key, string ActorId, string RequestHash)? request;

    /// <summary>True when the request came with a key.</summary>
    public bool IsActive => request is not null;

    /// <summary>
    /// Adds the answer to the unit of work; does nothing when the request has no key. Give exactly what the route will answer:
    /// a repetition gets these bytes. The row comes first, so that a repetition is found before anything else can look stale.
    /// </summary>
    public void Record<TReply>(Changes changes, TReply reply, int statusCode = StatusCodes.Status200OK, string? location = null)
    {
        if (request is not { } current)
        {
            return;
        }

        changes.InsertFirst(new IdempotencyRow
        {
            Key = current.Key,
            ActorId = current.ActorId,
            RequestHash = current.RequestHash,
            StatusCode = statusCode,
            Body = reply is null ? null : JsonSerializer.SerializeToUtf8Bytes(reply, json.Value.SerializerOptions),
            ContentType = reply is null ? null : "application/json; charset=utf-8",
            Location = location,
            CreatedAt = time.GetUtcNow(),
        });
    }

    internal void Begin(string key, string actorId, string requestHash) => request = (key, actorId, requestHash);
}
