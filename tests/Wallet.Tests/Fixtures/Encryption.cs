using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Presenting;

namespace PublicService.Wallet.Tests.Fixtures;

/// <summary>The wallet's side of an encrypted answer, written from RFC 7518 4.6 apart from the room's own.</summary>
internal static class Encryption
{
    public static IEnumerable<KeyValuePair<string, string>> Answer(PresentationRequest request, JsonNode token, string? state = null) =>
        [KeyValuePair.Create("response", For(request, new JsonObject { ["vp_token"] = token.DeepClone(), ["state"] = state ?? request.State }))];

    public static string For(PresentationRequest request, JsonObject content, string enc = "A128GCM", Action<JsonObject>? change = null) =>
        Encrypt(KeyOf(request), request.Id, StrictJson.WriteBytes(content), enc, change);

    public static PublicJwk KeyOf(PresentationRequest request)
    {
        using var key = ECDiffieHellman.Create();
        key.ImportPkcs8PrivateKey(request.EncryptionKey, out _);
        return PublicJwk.Of(key.ExportParameters(false));
    }

    public static string Encrypt(PublicJwk to, string keyId, byte[] plain, string enc = "A128GCM", Action<JsonObject>? change = null)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDiffieHellman.Create(to.Parameters());
        var header = new JsonObject { ["alg"] = "ECDH-ES", ["enc"] = enc, ["kid"] = keyId, ["epk"] = PublicJwk.Of(ephemeral.ExportParameters(false)).ToJson() };
        change?.Invoke(header);
        var length = header.Text("enc") == "A256GCM" ? 32 : 16;
        var shared = ephemeral.DeriveRawSecretAgreement(other.PublicKey);
        byte[] input = [0, 0, 0, 1, .. shared, .. Field(Encoding.ASCII.GetBytes(header.Text("enc")!)), .. Field(Part(header, "apu")), .. Field(Part(header, "apv")), .. Number(length * 8)];
        var key = SHA256.HashData(input)[..length];
        var head = Base64Text.Encode(StrictJson.WriteBytes(header));
        var (iv, cipher, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var gcm = new AesGcm(key, 16);
        gcm.Encrypt(iv, plain, cipher, tag, Encoding.ASCII.GetBytes(head));
        return $"{head}..{Base64Text.Encode(iv)}.{Base64Text.Encode(cipher)}.{Base64Text.Encode(tag)}";
    }

    private static byte[] Part(JsonObject header, string name) => header.Text(name) is { } text ? Base64Text.Decode(text) : [];

    private static byte[] Field(byte[] bytes) => [.. Number(bytes.Length), .. bytes];

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
