namespace PublicService.Engine.Wallet;

/// <summary>Section <c>Wallet</c> of the configuration.</summary>
public sealed record WalletOptions
{
    /// <summary>Origin wallets reach the engine at, e.g. <c>https://dvc.example.gov.vn</c>; without it nothing is delivered to wallets. Credentials name it, so it never changes.</summary>
    public string? Issuer { get; init; }

    /// <summary>Name of the issuer in Vietnamese.</summary>
    public string Name { get; init; } = "Ủy ban nhân dân tỉnh Quảng Ninh";

    public string EnglishName { get; init; } = "People's Committee of Quang Ninh Province";

    /// <summary>Folder of keys and certificates, the same for all nodes; by default <c>wallet</c> in the data folder.</summary>
    public string? Keys { get; init; }

    /// <summary>Requests of one address a minute to the endpoints of the protocol.</summary>
    public int RequestsPerMinute { get; init; } = 120;
}
