using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Jose;

public sealed class JweTests
{
    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    private PublicJwk Public => PublicJwk.Of(key.ExportParameters(false));

    private static byte[] Plain => Encoding.UTF8.GetBytes("""{"state":"Xin chào"}""");

    [Fact]
    public void Decrypts_the_example_of_OpenID4VP_8_3()
    {
        var vector = Vector.Read("openid4vp-8.3.json");
        var jwk = (JsonObject)vector["key"]!;
        using var recipient = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Text.Decode(jwk.Text("x")!), Y = Base64Text.Decode(jwk.Text("y")!) },
            D = Base64Text.Decode(jwk.Text("d")!),
        });

        var content = StrictJson.ReadObject(Jwe.Decrypt(vector.Text("response")!, recipient, "ac"));

        Assert.IsType<JsonObject>(content["vp_token"]);
    }

    [Theory]
    [InlineData("A128GCM")]
    [InlineData("A256GCM")]
    public void Decrypts_both_sizes(string enc) => Assert.Equal(Plain, Jwe.Decrypt(Encryption.Encrypt(Public, "k", Plain, enc), key, "k"));

    [Fact]
    public void Mixes_in_what_both_parties_say_of_themselves() => Assert.Equal(
        Plain, Jwe.Decrypt(Encryption.Encrypt(Public, "k", Plain, "A256GCM", header => (header["apu"], header["apv"]) = ("QWxpY2U", "Qm9i")), key, "k"));

    [Theory]
    [InlineData("alg", "ECDH-ES+A128KW")]
    [InlineData("alg", "dir")]
    [InlineData("enc", "A128CBC-HS256")]
    [InlineData("enc", "A192GCM")]
    [InlineData("kid", "another")]
    [InlineData("zip", "DEF")]
    [InlineData("crit", "exp")]
    [InlineData("epk", "none")]
    public void Refuses_another_way(string name, string value)
    {
        var token = Encryption.Encrypt(Public, "k", Plain, change: header => header[name] = value);
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(token, key, "k"));
    }

    [Fact]
    public void Refuses_what_is_for_another_key_changed_or_no_token()
    {
        var token = Encryption.Encrypt(Public, "k", Plain);
        var parts = token.Split('.');
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(token, other, "k"));
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(string.Join('.', parts[0], "AAAA", parts[2], parts[3], parts[4]), key, "k"));
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(string.Join('.', parts[0], "", parts[2], parts[3], "AAAA"), key, "k"));
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(string.Join('.', parts[0], "", parts[2], Flip(parts[3]), parts[4]), key, "k"));
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt("a.b.c", key, "k"));
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(new string('a', Jwe.MaxLength + 1), key, "k"));
    }

    [Fact]
    public void Refuses_a_point_off_the_curve()
    {
        var off = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Public.Y, ["y"] = Public.X };
        var token = Encryption.Encrypt(Public, "k", Plain, change: header => header["epk"] = off);
        Assert.Throws<UnacceptableException>(() => Jwe.Decrypt(token, key, "k"));
    }

    private static string Flip(string text) => (text[0] == 'A' ? 'B' : 'A') + text[1..];
}
