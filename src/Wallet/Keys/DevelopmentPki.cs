using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PublicService.Wallet.Keys;

/// <summary>
/// A root of our own and the certificates under it, for development and demonstration. A province gets its certificates from an authority;
/// then only <see cref="SigningKey.FromPem"/> is used.
/// </summary>
public sealed class DevelopmentPki
{
    private const int RootYears = 10;
    private const int LeafYears = 4;

    // Clocks of wallets go a little slow.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private readonly X509Certificate2 root;

    private DevelopmentPki(X509Certificate2 root) => this.root = root;

    /// <summary>The anchor wallets have to trust.</summary>
    public string RootPem => root.ExportCertificatePem();

    public X509Certificate2Collection Anchors => [X509CertificateLoader.LoadCertificate(root.RawData)];

    public static DevelopmentPki Create(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}, C=VN"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new(request.CreateSelfSigned(now - Slack, now.AddYears(RootYears)));
    }

    /// <summary>Reads what <see cref="ToPem"/> wrote.</summary>
    public static DevelopmentPki FromPem(string pem) => new(X509Certificate2.CreateFromPem(pem, pem));

    /// <summary>The root with its private key.</summary>
    public string ToPem() => $"{RootPem}\n{root.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n";

    /// <summary>A new key with a certificate for this issuer (HAIP: not self-signed; names: the issuer's URI and host).</summary>
    public SigningKey Issue(KeyPurpose purpose, string issuer, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var uri = new Uri(issuer);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={uri.IdnHost} {purpose}, C=VN"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        request.CertificateExtensions.Add(Names(issuer, uri.IdnHost));
        using var leaf = request.Create(root, now - Slack, now.AddYears(LeafYears), RandomNumberGenerator.GetBytes(16));
        return SigningKey.FromPem(purpose, $"{leaf.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    /// <summary>Alternative names: .NET's builder would put a slash behind a bare host, and then the URI is no longer the issuer.</summary>
    private static X509Extension Names(string issuer, string host)
    {
        var names = new AsnWriter(AsnEncodingRules.DER);
        using (names.PushSequence())
        {
            names.WriteCharacterString(UniversalTagNumber.IA5String, host, new Asn1Tag(TagClass.ContextSpecific, 2));
            names.WriteCharacterString(UniversalTagNumber.IA5String, issuer, new Asn1Tag(TagClass.ContextSpecific, 6));
        }

        return new X509Extension("2.5.29.17", names.Encode(), false);
    }
}
