namespace PublicService.Engine.Files;

/// <summary>Section <c>Files</c> of the configuration.</summary>
public sealed record FileStoreOptions
{
    /// <summary>Largest file in bytes.</summary>
    public long MaxBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Media types that are taken, out of those <see cref="MediaTypes"/> can recognise.</summary>
    public IReadOnlySet<string> Allowed { get; init; } = MediaTypes.All;
}
