using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PublicService.Engine.Access;

/// <summary>
/// Knows a foreign system by the signature under what it sends (Standard Webhooks 1.0: <c>webhook-id</c>, <c>webhook-timestamp</c>,
/// <c>webhook-signature</c> with HMAC-SHA256 over id, time and body). The secret never travels, and an old request cannot be sent again later.
/// </summary>
public sealed class ForeignSystems(IReadOnlyList<ForeignSystem> systems, IOptions<HttpJsonOptions> json, TimeProvider time)
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far the clocks of two systems may be apart; the standard's own figure.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The system that signed the request, and what it says.</summary>
    /// <exception cref="ProblemException">401 SYSTEM_UNKNOWN; a body that is not what the route takes, as for any route.</exception>
    public async Task<(ForeignSystem System, T Body)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        var system = Find(request.Headers, content.ToArray()) ?? throw Problems.SystemUnknown();
        var body = JsonSerializer.Deserialize<T>(content.ToArray(), json.Value.SerializerOptions);
        return (system, body ?? throw Problems.InvalidInput("body", "Thiếu nội dung."));
    }

    /// <summary>The signature of a message: what a system puts behind <c>v1,</c>.</summary>
    public static string Sign(byte[] secret, string id, string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));

    private ForeignSystem? Find(IHeaderDictionary headers, byte[] body)
    {
        var (id, timestamp) = (headers[IdHeader].ToString(), headers[TimeHeader].ToString());
        if (id.Length is 0 or > 200 || !IsFresh(timestamp))
        {
            return null;
        }

        var given = Given(headers[SignatureHeader]);
        return systems.FirstOrDefault(system => system.Secrets.Any(secret => Fits(Sign(secret, id, timestamp, body), given)));
    }

    private bool IsFresh(string timestamp) => long.TryParse(timestamp, out var seconds)
        && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds;

    /// <summary>Several signatures may stand side by side while a secret is being changed.</summary>
    private static List<byte[]> Given(StringValues header) =>
        [.. header.ToString().Split(' ', 8).Where(part => part.StartsWith("v1,", StringComparison.Ordinal)).Select(part => Encoding.ASCII.GetBytes(part[3..]))];

    private static bool Fits(string expected, List<byte[]> given) =>
        given.Exists(one => CryptographicOperations.FixedTimeEquals(one, Encoding.ASCII.GetBytes(expected)));
}

/// <summary>A system of another authority or of a payment provider that may report here.</summary>
/// <param name="Id">Its key in the section <c>Systems</c> of the configuration.</param>
/// <param name="Name">As workflows name it.</param>
/// <param name="IsGateway">It may report payments.</param>
public sealed record ForeignSystem(string Id, string Name, bool IsGateway, IReadOnlyList<byte[]> Secrets)
{
    /// <summary>Its act on a dossier.</summary>
    public Act ToAct() => new($"system:{Id}", Name, Act.SystemId, DateTimeOffset.MinValue);

    /// <summary>Whether a workflow means it by this name.</summary>
    public bool Is(string name) => name == Name || name == Id;
}

/// <summary>Reads the section <c>Systems:{id}</c>: <c>Name</c>, <c>Gateway</c>, <c>Secrets</c> (a list, so that one can be changed without a break).</summary>
public static class ForeignSystemsRegistration
{
    private const string Prefix = "whsec_";
    private const int ShortestSecret = 24;

    /// <exception cref="InvalidOperationException">A secret is not <c>whsec_</c> and base64 of at least 24 bytes, as the standard demands, or two systems share one.</exception>
    public static IServiceCollection AddForeignSystems(this IServiceCollection services, IConfiguration configuration)
    {
        var systems = configuration.GetSection("Systems").GetChildren().Select(Read).ToList();
        var shared = systems.SelectMany(system => system.Secrets.Select(Convert.ToBase64String).Distinct()).GroupBy(secret => secret).Any(group => group.Count() > 1);
        return shared
            ? throw new InvalidOperationException("Two systems share a secret (Systems:*:Secrets): their reports could not be told apart.")
            : services.AddSingleton<IReadOnlyList<ForeignSystem>>(systems).AddSingleton<ForeignSystems>();
    }

    private static ForeignSystem Read(IConfigurationSection section) => new(
        section.Key,
        section["Name"] is { Length: > 0 } name ? name : section.Key,
        section.GetValue<bool>("Gateway"),
        [.. section.GetSection("Secrets").GetChildren().Select(secret => Decode(section.Key, secret.Value ?? ""))]);

    private static byte[] Decode(string system, string text)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) && length >= ShortestSecret
            ? bytes[..length]
            : throw new InvalidOperationException($"A secret of the system '{system}' (Systems:{system}:Secrets) is not {Prefix} and base64 of at least {ShortestSecret} bytes.");
    }
}
