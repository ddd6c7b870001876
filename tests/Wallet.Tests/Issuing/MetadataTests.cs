using System.Text.Json.Nodes;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Issuing;

public sealed class MetadataTests
{
    private static readonly JsonObject Metadata = IssuerMetadata.CredentialIssuer(House.Issuer, House.Types.Values);

    [Fact]
    public void Says_what_OpenID4VCI_1_0_asks_for()
    {
        Assert.Equal(House.Origin, Metadata.Text("credential_issuer"));
        Assert.Equal($"{House.Origin}/vci/nonce", Metadata.Text("nonce_endpoint"));
        foreach (var (id, configuration) in Metadata["credential_configurations_supported"]!.AsObject())
        {
            Assert.Equal("dc+sd-jwt", configuration!["format"]!.ToString());
            Assert.Equal(id, configuration["scope"]!.ToString());
            Assert.Equal(["jwk"], configuration["cryptographic_binding_methods_supported"]!.AsArray().Select(item => item!.ToString()));
            Assert.NotNull(configuration["proof_types_supported"]!["jwt"]);
            var display = configuration["credential_metadata"]!["display"]!.AsArray().Select(one => one!["locale"]!.ToString()).ToList();
            Assert.Contains("vi-VN", display);
            Assert.Equal(display.Count, display.Distinct().Count());
            var paths = configuration["credential_metadata"]!["claims"]!.AsArray().Select(claim => claim!["path"]!.ToJsonString()).ToList();
            Assert.Equal(paths.Count, paths.Distinct().Count());
        }
    }

    [Fact]
    public void The_authorization_server_announces_the_grant_and_anonymous_wallets()
    {
        var server = IssuerMetadata.AuthorizationServer(House.Issuer);
        Assert.Equal(House.Origin, server.Text("issuer"));
        Assert.Equal([TokenRequest.PreAuthorizedCode], server["grant_types_supported"]!.AsArray().Select(item => item!.ToString()));
        Assert.True(server["pre-authorized_grant_anonymous_access_supported"]!.GetValue<bool>());
    }

    [Fact]
    public void A_type_is_described_where_its_name_points()
    {
        var type = IssuerMetadata.Type(House.Issuer, House.Card);
        Assert.Equal($"{House.Origin}/vct/citizen-card/1", type.Text("vct"));
        Assert.Equal("never", type["claims"]!.AsArray().Single(claim => claim!["path"]!.ToJsonString() == """["checked","office"]""")!["sd"]!.ToString());
    }

    [Fact]
    public void Keys_are_listed_for_older_wallets_without_private_parts()
    {
        var keys = IssuerMetadata.JwtVcIssuer(House.Issuer, House.The.Keys)["jwks"]!["keys"]!.AsArray();
        Assert.Equal(House.The.CredentialKey.Id, Assert.Single(keys)!["kid"]!.ToString());
        Assert.Null(keys[0]!["d"]);
    }

    [Fact]
    public void Is_the_same_again() => Assert.Equal(StrictJson.Write(Metadata), StrictJson.Write(IssuerMetadata.CredentialIssuer(House.Issuer, House.Types.Values)));

    [Theory]
    [InlineData("https://dvc.example.gov.vn/")]
    [InlineData("https://dvc.example.gov.vn/path")]
    [InlineData("HTTPS://dvc.example.gov.vn")]
    [InlineData("dvc.example.gov.vn")]
    [InlineData("ftp://dvc.example.gov.vn")]
    public void An_identifier_is_an_origin(string identifier) => Assert.Throws<ArgumentException>(() => new IssuerProfile(identifier, new Dictionary<string, string>()));
}
