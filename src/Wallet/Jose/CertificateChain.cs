using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace PublicService.Wallet.Jose;

/// <summary>
/// The chain in an <c>x5c</c> header, leaf first (RFC 7515 4.1.6; HAIP: without the anchor, and the leaf not signed by itself). Nothing is
/// fetched: who is trusted is known beforehand.
/// </summary>
public sealed class CertificateChain
{
    private const int MostCertificates = 4;

    private readonly X509Certificate2Collection certificates;

    private CertificateChain(X509Certificate2Collection certificates) => this.certificates = certificates;

    public X509Certificate2 Leaf => certificates[0];

    /// <summary>Key of the leaf. It says nothing yet about whose it is: <see cref="MustLeadTo"/>.</summary>
    /// <exception cref="UnacceptableException">Not a P-256 key.</exception>
    public ECParameters Key => Reading(() =>
    {
        using var key = Leaf.GetECDsaPublicKey() ?? throw new UnacceptableException("the leaf has no EC key");
        var parameters = key.ExportParameters(false);
        return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? parameters : throw new UnacceptableException("the leaf's key is not P-256");
    });

    /// <exception cref="UnacceptableException">No list of certificates.</exception>
    public static CertificateChain Of(JsonObject header)
    {
        if (header["x5c"] is not JsonArray { Count: >= 1 and <= MostCertificates } list)
        {
            throw new UnacceptableException("no x5c, or too long a one");
        }

        return Reading(() => new CertificateChain(
            [.. list.Select(item => X509CertificateLoader.LoadCertificate(Base64Text.DecodeStandard(item is JsonValue value && value.TryGetValue<string>(out var text) ? text : "")))]));
    }

    /// <summary>Base64url SHA-256 of a certificate, as in <c>x509_hash</c> (OpenID4VP 5.9.3).</summary>
    public static string HashOf(X509Certificate2 certificate) => Base64Text.Encode(SHA256.HashData(certificate.RawData));

    /// <exception cref="UnacceptableException">No unbroken way from the leaf to one of these anchors at this time.</exception>
    public void MustLeadTo(X509Certificate2Collection anchors, DateTimeOffset now) => Reading(() => Lead(anchors, now));

    private bool Lead(X509Certificate2Collection anchors, DateTimeOffset now)
    {
        if (certificates.Any(certificate => anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))))
        {
            throw new UnacceptableException("x5c holds the anchor itself");
        }

        if (Leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority)
            || Leaf.Extensions.OfType<X509KeyUsageExtension>().Any(usage => !usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)))
        {
            throw new UnacceptableException("the leaf may not sign documents");
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        var leads = chain.Build(Leaf);
        // The way that was found must be the way that was shown: nothing left over, nothing put in between.
        if (!leads || chain.ChainElements.Count != certificates.Count + 1
            || certificates.Where((certificate, i) => !chain.ChainElements[i].Certificate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)).Any())
        {
            throw new UnacceptableException($"the chain leads to no anchor: {string.Join(", ", chain.ChainStatus.Select(status => status.Status))}");
        }

        return true;
    }

    /// <summary>Whether the leaf's alternative names cover an issuer: its URI, or its host.</summary>
    public bool Names(string issuer) => Reading(() =>
    {
        var names = Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is not null && (Uris(names).Contains(issuer, StringComparer.Ordinal)
            || (Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && names.EnumerateDnsNames().Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase)));
    });

    /// <summary>Certificates are read bit by bit as they are asked for, and may be broken anywhere.</summary>
    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception why) when (why is CryptographicException or AsnContentException)
        {
            throw new UnacceptableException("a broken certificate", why);
        }
    }

    private static List<string> Uris(X509SubjectAlternativeNameExtension names)
    {
        var uri = new Asn1Tag(TagClass.ContextSpecific, 6);
        var found = new List<string>();
        for (var sequence = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence(); sequence.HasData;)
        {
            if (sequence.PeekTag() == uri)
            {
                found.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, uri));
            }
            else
            {
                sequence.ReadEncodedValue();
            }
        }

        return found;
    }
}
