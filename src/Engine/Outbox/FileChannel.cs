using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Outbox;

/// <summary>
/// Hands messages over as one JSON file each, for receivers that fetch from a folder. A file appears complete or not at all;
/// its name comes from the idempotency key, so sending again changes nothing.
/// </summary>
public sealed class FileChannel(string folder) : IMessageChannel
{
    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, NameOf(message));
        if (File.Exists(path))
        {
            return;
        }

        var content = new JsonObject
        {
            ["key"] = message.IdempotencyKey,
            ["kind"] = message.Kind,
            ["dossierId"] = message.DossierId,
            ["createdAt"] = message.CreatedAt,
            ["payload"] = JsonNode.Parse(message.Payload),
        };
        // The same name for the same message, so that what a crash left behind is written over by the next attempt.
        var temporary = Path.Combine(folder, $".{NameOf(message)}.tmp");
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(stream, content, cancellationToken: cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        Durable.FlushFolder(folder);
    }

    /// <summary>Keys and kinds come from elsewhere and may hold anything, so only a hash of them becomes part of a path.</summary>
    private static string NameOf(OutboxMessage message)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Kind}\n{message.IdempotencyKey}"));
        return $"{Convert.ToHexStringLower(hash)[..32]}.json";
    }
}
