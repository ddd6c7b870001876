using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PublicService.Engine.Population;

/// <summary>
/// Answers with invented data, only with <c>--demo</c>: a number it issues starts with 999, which no province has, and is the same for
/// the same question; a person named "Không Có" is not found. Asked for a number alone it answers with a whole person.
/// </summary>
public sealed class DemoPopulationRegistry : IPopulationRegistry
{
    public Task<JsonObject?> LookUpAsync(string purpose, JsonObject query, string key, CancellationToken cancellationToken)
    {
        if (purpose == "Verify" && query is { Count: 1 } && query["personalNumber"]?.ToString() is { } asked)
        {
            return Task.FromResult(DemoPerson.Of(asked));
        }

        var name = query["name"]?.ToString();
        if (name?.EndsWith("Không Có", StringComparison.Ordinal) == true)
        {
            return Task.FromResult<JsonObject?>(null);
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(purpose == "IssueNumber" ? key : query.ToJsonString()));
        var number = BinaryPrimitives.ReadUInt32BigEndian(digest) % 1_000_000_000;
        return Task.FromResult<JsonObject?>(new JsonObject
        {
            ["personalNumber"] = string.Create(CultureInfo.InvariantCulture, $"999{number:D9}"),
            ["name"] = name,
            ["source"] = "demo",
        });
    }
}
