using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;
using PublicService.Wallet.Presenting;

namespace PublicService.Wallet.Tests.Fixtures;

/// <summary>An issuer and verifier with keys, types and one status list.</summary>
internal sealed class House
{
    public const string Origin = "https://dvc.example.gov.vn";

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    public static readonly IReadOnlyDictionary<string, CredentialType> Types = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "credential-types"), "*.json")
        .Select(file => CredentialTypeReader.Read(File.ReadAllText(file))).ToDictionary(type => type.Id);

    // Made once: keys are the slow part.
    private static readonly Lazy<House> Only = new(() => new House());

    private House()
    {
        Pki = DevelopmentPki.Create("Gốc thử nghiệm", Now);
        Keys = new KeyRing([.. Enum.GetValues<KeyPurpose>().Select(purpose => Pki.Issue(purpose, Origin, Now))], Pki.Anchors, TimeSpan.FromDays(731));
    }

    public static House The => Only.Value;

    public static IssuerProfile Issuer { get; } = new(Origin, new Dictionary<string, string> { ["vi-VN"] = "UBND tỉnh Quảng Ninh" });

    public static ServerSecrets Secrets { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public static CredentialType Card => Types["citizen-card"];

    public DevelopmentPki Pki { get; }

    public KeyRing Keys { get; }

    public IReadOnlyList<TrustedIssuer> Trusted => [.. Types.Values.Select(type => new TrustedIssuer(type.AddressAt(Origin), Origin, Pki.Anchors))];

    public SigningKey CredentialKey => Keys.Current(KeyPurpose.Credential, Now);

    public SigningKey Verifier => Keys.Current(KeyPurpose.Verifier, Now);

    public static JsonObject Facts => (JsonObject)JsonNode.Parse("""
        {
          "person": {"personalId": "022190001234", "fullName": "Trần Văn Bình", "birthDate": "1990-02-03", "residence": "Hạ Long"},
          "issue": {"number": "12/2026", "office": "UBND phường Hồng Gai", "date": "2026-11-20"}
        }
        """)!;

    public string IssueCard(Holder holder, DateTimeOffset? at = null, int days = 365, SigningKey? key = null) => new CredentialIssue(
        Origin, Card.AddressAt(Origin), Card.ClaimsOf(Facts), holder.Key, new StatusReference(Issuer.StatusList(1), 4711), at ?? Now, (at ?? Now).AddDays(days))
        .Sign(key ?? CredentialKey);

    public PresentationRequest Ask(params string[] claims) => PresentationRequest.New(
        Origin,
        Verifier,
        new DcqlQuery([new CredentialQuery("login", [Card.AddressAt(Origin)], [.. claims.Select(claim => new JsonArray(claim))], [CredentialKey.AuthorityKeyId!])]),
        Now);

    public static AccessGrant Grant(string configurationId = "citizen-card_1") => new("hash", "offer", configurationId, null, Now.AddSeconds(300));

    /// <summary>Runs something that must be refused, and says how.</summary>
    public static string RefusalOf(Func<object?> run)
    {
        var refusal = Assert.Throws<ProtocolException>(run);
        Assert.Matches(@"^[\x20-\x21\x23-\x5b\x5d-\x7e]*$", refusal.Description);
        return $"{refusal.Status} {refusal.Error}";
    }
}
