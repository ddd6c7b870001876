namespace PublicService.Engine.Files;

/// <summary>A file that is safely on disk; what a paper's row needs to know of it.</summary>
/// <param name="FileName">The name given by the person, cleaned; only ever shown.</param>
/// <param name="MediaType">As recognised from the content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal, lower case.</param>
public sealed record StoredFile(string FileName, string MediaType, long Size, string Sha256);
