namespace PublicService.Engine.Access;

/// <summary>Section <c>Access</c> of the configuration.</summary>
public sealed record AccessOptions
{
    /// <summary>Wrong passwords in a row after which the account rests.</summary>
    public int FailuresBeforeLockout { get; init; } = 5;

    public TimeSpan LockoutTime { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromHours(12);

    public int ShortestPassword { get; init; } = 10;

    /// <summary>Address of an OpenID Connect issuer whose tokens are accepted beside our own; null for none.</summary>
    public string? Issuer { get; init; }

    /// <summary>What the issuer's tokens must name as audience.</summary>
    public string Audience { get; init; } = "public-service";
}
