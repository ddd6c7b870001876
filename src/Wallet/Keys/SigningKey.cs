using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Keys;

/// <summary>What a key signs; each purpose has a key and a certificate of its own.</summary>
public enum KeyPurpose
{
    Credential,
    StatusList,
    Verifier,
}

/// <summary>A private key with the certificates that say whose it is.</summary>
public sealed class SigningKey
{
    private readonly ECParameters key;

    private SigningKey(KeyPurpose purpose, ECParameters key, IReadOnlyList<X509Certificate2> chain)
    {
        (Purpose, this.key, Chain) = (purpose, key, chain);
        From = new DateTimeOffset(Leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero);
        To = new DateTimeOffset(Leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero);
    }

    public KeyPurpose Purpose { get; }

    /// <summary>Leaf first, without the anchor.</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; }

    public X509Certificate2 Leaf => Chain[0];

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public PublicJwk PublicKey => PublicJwk.Of(key);

    /// <summary>Name of the key where keys are listed without certificates.</summary>
    public string Id => PublicKey.Thumbprint;

    /// <summary>Key identifier of the authority above, base64url, as DCQL's <c>aki</c> asks for it; null when the certificate has none.</summary>
    public string? AuthorityKeyId => Chain[^1].Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is { } id
        ? Base64Text.Encode(id.Span)
        : null;

    /// <summary>Reads what <see cref="ToPem"/> wrote.</summary>
    /// <exception cref="CryptographicException">No certificates, no key, or they do not belong together.</exception>
    public static SigningKey FromPem(KeyPurpose purpose, string pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        using var private_ = ECDsa.Create();
        private_.ImportFromPem(pem);
        var key = private_.ExportParameters(true);
        using var inLeaf = chain.Count > 0 ? chain[0].GetECDsaPublicKey() : null;
        return inLeaf is not null && PublicJwk.Of(inLeaf.ExportParameters(false)) == PublicJwk.Of(key)
            ? new(purpose, key, [.. chain])
            : throw new CryptographicException("The first certificate is not that of the key.");
    }

    public string ToPem()
    {
        using var private_ = ECDsa.Create(key);
        return string.Join('\n', Chain.Select(certificate => certificate.ExportCertificatePem()).Append(private_.ExportPkcs8PrivateKeyPem()).Append(string.Empty));
    }

    /// <summary>Signs with the chain in the header.</summary>
    public string Sign(string type, JsonObject payload) => Jws.Sign(
        new JsonObject
        {
            ["typ"] = type,
            ["x5c"] = new JsonArray([.. Chain.Select(certificate => (JsonNode)Convert.ToBase64String(certificate.RawData))]),
        },
        payload,
        key);
}
