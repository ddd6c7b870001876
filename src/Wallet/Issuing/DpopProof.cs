using System.Security.Cryptography;
using System.Text;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>A wallet's proof that it holds the key of its token (RFC 9449).</summary>
/// <param name="KeyThumbprint">RFC 7638 thumbprint of the key.</param>
/// <param name="Id">Its <c>jti</c>, to be remembered for <see cref="RememberFor"/>: a proof is used once.</param>
public sealed record DpopProof(string KeyThumbprint, string Id)
{
    /// <summary>Twice the tolerance: after that its time alone refuses it.</summary>
    public static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(10);

    private const string TokenType = "dpop+jwt";
    private const int MaxIdLength = 200;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="token">The access token it comes with; null at the token endpoint.</param>
    /// <exception cref="ProtocolException">invalid_dpop_proof: 400 at the token endpoint, 401 with a token.</exception>
    public static DpopProof Read(string proof, string method, string address, string? token, DateTimeOffset now)
    {
        try
        {
            var signed = Jws.Read(proof, TokenType);
            var key = PublicJwk.Of(signed.Header["jwk"]);
            signed.MustBeSignedBy(key.Parameters());
            signed.MustBeFresh(now, Tolerance);
            if (signed.Header.ContainsKey("kid") || signed.Header.ContainsKey("x5c")
                || signed.Payload.Text("htm") != method || signed.Payload.Text("htu") != address
                || signed.Payload.Text("jti") is not { Length: > 0 and <= MaxIdLength } id
                || (token is not null && signed.Payload.Text("ath") != Base64Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)))))
            {
                throw new UnacceptableException("a proof for something else");
            }

            return new(key.Thumbprint, id);
        }
        catch (UnacceptableException why)
        {
            throw Invalid(token is not null, why);
        }
    }

    /// <summary>Also for a proof that was used before.</summary>
    public static ProtocolException Invalid(bool withToken, Exception? why = null) =>
        new("invalid_dpop_proof", "the DPoP proof is missing, wrong or used", withToken ? 401 : 400, why) { Challenge = withToken ? "DPoP" : null };
}
