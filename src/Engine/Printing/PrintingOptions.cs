namespace PublicService.Engine.Printing;

/// <summary>Section <c>Printing</c> of the configuration.</summary>
public sealed record PrintingOptions
{
    /// <summary>Path of Chromium; null looks where Debian, Ubuntu and macOS put it.</summary>
    public string? Chromium { get; init; }

    /// <summary>
    /// Chromium locks its pages in. It refuses to do so as root: give the engine a user of its own. <c>false</c> is for development only.
    /// </summary>
    public bool Sandbox { get; init; } = true;

    /// <summary>Browsers at one time, each of about 150 MB; others wait for their turn.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>For one document, the wait for its turn included.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>
    /// Where a citizen follows a dossier, with <c>{code}</c> and <c>{secret}</c>: the QR code of form 01. Null is this engine's own route at
    /// the address of the request. A page that takes the secret behind <c>#</c> keeps it out of every log.
    /// </summary>
    public string? TrackingAddress { get; init; }
}
