using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>A wallet's proof that it holds the key a credential shall be bound to (OpenID4VCI Appendix F.1).</summary>
public sealed record KeyProof(PublicJwk Key, string Nonce)
{
    private const string TokenType = "openid4vci-proof+jwt";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Checks everything but the nonce, which is looked up last so that a bad proof does not use it up.</summary>
    /// <exception cref="ProtocolException">invalid_proof.</exception>
    public static KeyProof Read(string proof, string issuer, DateTimeOffset now)
    {
        try
        {
            var signed = Jws.Read(proof, TokenType);
            if (signed.Header.ContainsKey("kid") || signed.Header.ContainsKey("x5c"))
            {
                throw new UnacceptableException("exactly one of jwk, kid and x5c, and here jwk");
            }

            var key = PublicJwk.Of(signed.Header["jwk"]);
            signed.MustBeSignedBy(key.Parameters());
            signed.MustBeFresh(now, Tolerance);
            return signed.Payload.Text("aud") == issuer && signed.Payload.Text("nonce") is { Length: > 0 } nonce
                ? new(key, nonce)
                : throw new UnacceptableException("for another issuer, or without nonce");
        }
        catch (UnacceptableException why)
        {
            throw new ProtocolException("invalid_proof", "the key proof is missing or wrong", inner: why);
        }
    }
}
