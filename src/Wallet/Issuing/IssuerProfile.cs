namespace PublicService.Wallet.Issuing;

/// <summary>An issuer as wallets see it.</summary>
public sealed record IssuerProfile
{
    /// <param name="identifier">Origin such as <c>https://dvc.example.gov.vn</c>: without a path the places of older and newer drafts for metadata are one.</param>
    /// <exception cref="ArgumentException">Not an origin.</exception>
    public IssuerProfile(string identifier, IReadOnlyDictionary<string, string> names)
    {
        if (!Uri.TryCreate(identifier, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.GetLeftPart(UriPartial.Authority) != identifier)
        {
            throw new ArgumentException($"The identifier of the issuer is an origin without a path, not {identifier}.", nameof(identifier));
        }

        (Identifier, Names) = (identifier, names);
    }

    public string Identifier { get; }

    /// <summary>Name of the office by language.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>Most keys of one credential request.</summary>
    public int BatchSize { get; init; } = 5;

    public string Token => $"{Identifier}/vci/token";

    public string Nonce => $"{Identifier}/vci/nonce";

    public string Credential => $"{Identifier}/vci/credential";

    public string Deferred => $"{Identifier}/vci/deferred";

    public string Notification => $"{Identifier}/vci/notification";

    public string Offer(string id) => $"{Identifier}/vci/offers/{id}";

    public string StatusList(int number) => $"{Identifier}/vci/status/{number}";
}
