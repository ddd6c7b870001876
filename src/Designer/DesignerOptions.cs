namespace PublicService.Designer;

/// <summary>Section <c>Designer</c> of the configuration.</summary>
public sealed record DesignerOptions
{
    /// <summary>Address of the engine as this host reaches it.</summary>
    public Uri Engine { get; init; } = new("http://127.0.0.1:5080");

    /// <summary>Address of the engine as browsers reach it; the same unless a proxy stands between.</summary>
    public Uri? PublicEngine { get; init; }

    /// <summary>Folder of the keys that seal the session cookie; null keeps them with the account that runs the host.</summary>
    public string? Data { get; init; }

    /// <summary>Origin for the content security policy and absolute addresses, without a slash at its end.</summary>
    public string EngineOrigin => (PublicEngine ?? Engine).GetLeftPart(UriPartial.Authority);
}
