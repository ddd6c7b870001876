using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Jose;

public sealed class CertificateChainTests
{
    private static SigningKey Key => House.The.CredentialKey;

    private static JsonObject X5c(params X509Certificate2[] chain) =>
        new() { ["x5c"] = new JsonArray([.. chain.Select(certificate => (JsonNode)Convert.ToBase64String(certificate.RawData))]) };

    private static void MustLead(JsonObject header, DateTimeOffset? at = null) => CertificateChain.Of(header).MustLeadTo(House.The.Pki.Anchors, at ?? House.Now);

    [Fact]
    public void Leads_to_its_anchor_and_names_the_issuer()
    {
        MustLead(X5c(Key.Leaf));
        Assert.True(CertificateChain.Of(X5c(Key.Leaf)).Names(House.Origin));
        Assert.True(CertificateChain.Of(X5c(Key.Leaf)).Names($"{House.Origin}/other-path"));
        Assert.False(CertificateChain.Of(X5c(Key.Leaf)).Names("https://attacker.example"));
    }

    [Fact]
    public void Leads_over_a_certificate_in_between()
    {
        var (root, between, leaf) = Three();
        CertificateChain.Of(X5c(leaf, between)).MustLeadTo([root], House.Now);
        Assert.Throws<UnacceptableException>(() => CertificateChain.Of(X5c(leaf)).MustLeadTo([root], House.Now));
        Assert.Throws<UnacceptableException>(() => CertificateChain.Of(X5c(leaf, between, root)).MustLeadTo([root], House.Now));
        Assert.Throws<UnacceptableException>(() => CertificateChain.Of(X5c(between)).MustLeadTo([root], House.Now));
    }

    [Fact]
    public void A_foreign_authority_of_the_same_name_is_not_trusted()
    {
        var foreign = DevelopmentPki.Create("Gốc thử nghiệm", House.Now).Issue(KeyPurpose.Credential, House.Origin, House.Now);
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(foreign.Leaf)));
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(foreign.Leaf, Key.Leaf)));
    }

    [Fact]
    public void The_anchor_itself_and_idle_certificates_are_refused()
    {
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(Key.Leaf, House.The.Pki.Anchors[0])));
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(Key.Leaf, House.The.Verifier.Leaf)));
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(House.The.Pki.Anchors[0])));
    }

    [Fact]
    public void A_certificate_has_its_time()
    {
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(Key.Leaf), House.Now.AddYears(5)));
        Assert.Throws<UnacceptableException>(() => MustLead(X5c(Key.Leaf), House.Now.AddDays(-1)));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"x5c":[]}""")]
    [InlineData("""{"x5c":"MIIB"}""")]
    [InlineData("""{"x5c":["MIIB"]}""")]
    [InlineData("""{"x5c":["%%%"]}""")]
    [InlineData("""{"x5c":[5]}""")]
    [InlineData("""{"x5c":["","","","",""]}""")]
    public void Refuses_what_is_no_chain(string header) => Assert.Throws<UnacceptableException>(() => CertificateChain.Of((JsonObject)JsonNode.Parse(header)!));

    private static (X509Certificate2 Root, X509Certificate2 Between, X509Certificate2 Leaf) Three()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = Request("CN=Root", key, true).CreateSelfSigned(House.Now.AddDays(-1), House.Now.AddYears(3));
        using var between = Request("CN=Between", other, true).Create(root, House.Now.AddDays(-1), House.Now.AddYears(2), [1, 2]);
        using var withKey = between.CopyWithPrivateKey(other);
        using var last = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (X509CertificateLoader.LoadCertificate(root.RawData), X509CertificateLoader.LoadCertificate(between.RawData),
            Request("CN=Leaf", last, false).Create(withKey, House.Now.AddDays(-1), House.Now.AddYears(1), [3, 4]));
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        return request;
    }
}
