using System.Security.Cryptography;
using PublicService.Wallet.Keys;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Jose;

public sealed class KeyRingTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    [Fact]
    public void Each_purpose_has_its_own_key()
    {
        var keys = Enum.GetValues<KeyPurpose>().Select(purpose => House.The.Keys.Current(purpose, House.Now).Id).ToList();
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void A_newer_key_signs_and_what_the_older_one_signed_stays_valid()
    {
        var house = House.The;
        var later = House.Now.AddDays(200);
        var newer = house.Pki.Issue(KeyPurpose.Credential, House.Origin, later);
        var ring = new KeyRing([.. house.Keys.Keys, newer], house.Keys.Anchors, Longest);

        Assert.Equal(house.CredentialKey.Id, ring.Current(KeyPurpose.Credential, House.Now).Id);
        Assert.Equal(newer.Id, ring.Current(KeyPurpose.Credential, later).Id);
        Credentials.SdJwtTests.Verify(house.IssueCard(new Holder()), later);
    }

    [Fact]
    public void A_key_stops_signing_before_its_certificate_ends()
    {
        var ring = House.The.Keys;
        Assert.NotNull(ring.Current(KeyPurpose.Credential, House.Now.AddYears(1)));
        Assert.Throws<InvalidOperationException>(() => ring.Current(KeyPurpose.Credential, House.Now.AddYears(3)));
        Assert.NotNull(ring.Current(KeyPurpose.StatusList, House.Now.AddYears(3)));
    }

    [Fact]
    public void Keys_and_root_survive_a_restart()
    {
        var key = House.The.CredentialKey;
        Assert.Equal(key.Id, SigningKey.FromPem(KeyPurpose.Credential, key.ToPem()).Id);
        Assert.Equal(key.Leaf.RawData, SigningKey.FromPem(KeyPurpose.Credential, key.ToPem()).Leaf.RawData);
        var root = DevelopmentPki.FromPem(House.The.Pki.ToPem());
        Assert.Equal(House.The.Pki.RootPem, root.RootPem);
        Assert.DoesNotContain("PRIVATE", root.RootPem, StringComparison.Ordinal);
        Assert.NotNull(root.Issue(KeyPurpose.Verifier, House.Origin, House.Now));
    }

    [Fact]
    public void A_key_with_the_certificate_of_another_is_refused() => Assert.Throws<CryptographicException>(() => SigningKey.FromPem(
        KeyPurpose.Credential,
        House.The.CredentialKey.Leaf.ExportCertificatePem() + "\n" + House.The.Verifier.ToPem()[House.The.Verifier.ToPem().IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)..]));
}
