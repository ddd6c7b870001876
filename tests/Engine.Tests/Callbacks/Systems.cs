using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Engine.Access;
using PublicService.Engine.Tests.Dossiers;

namespace PublicService.Engine.Tests.Callbacks;

/// <summary>Foreign systems that are registered in a test engine, and what they send.</summary>
internal static class Systems
{
    public const string Insurance = "bhxh";
    public const string Police = "congan";
    public const string Gateway = "payment-platform";
    public const string InsuranceName = "BHXH Việt Nam";

    /// <summary>Registers them; before the first request.</summary>
    public static void Register(this OneStop engine)
    {
        foreach (var system in new[] { Insurance, Police, Gateway })
        {
            engine.With($"Systems:{system}:Secrets:0", "whsec_" + Convert.ToBase64String(SecretOf(system)));
        }

        engine.With($"Systems:{Insurance}:Name", InsuranceName);
        engine.With($"Systems:{Gateway}:Gateway", "true");
    }

    public static byte[] SecretOf(string system) => Encoding.UTF8.GetBytes($"a-secret-of-32-bytes-for-{system}");

    /// <summary>Posts as the system does, signed at the engine's own time unless told otherwise.</summary>
    public static Task<HttpResponseMessage> PostAsAsync(this OneStop engine, string system, string path, JsonNode body, TimeSpan? late = null, string? signedBody = null)
    {
        var content = Encoding.UTF8.GetBytes(body.ToJsonString());
        var (id, at) = ("msg_1", (engine.Clock.GetUtcNow() - (late ?? TimeSpan.Zero)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ForeignSystems.IdHeader, id);
        request.Headers.Add(ForeignSystems.TimeHeader, at);
        var signature = ForeignSystems.Sign(SecretOf(system), id, at, signedBody is null ? content : Encoding.UTF8.GetBytes(signedBody));
        request.Headers.Add(ForeignSystems.SignatureHeader, $"v1,{Convert.ToBase64String(SecretOf("old"))} v1,{signature}");
        return engine.CreateClient().SendAsync(request);
    }
}
