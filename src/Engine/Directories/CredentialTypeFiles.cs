using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;

namespace PublicService.Engine.Directories;

/// <summary>The credential types beside the definitions: JSON files in a folder <c>credential-types</c>.</summary>
public static class CredentialTypeFiles
{
    private const string Folder = "credential-types";

    public static bool IsOne(string file) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) == Folder;

    /// <param name="workflows">Folder of the definitions; null when the engine was started without one.</param>
    /// <returns>By id; none when there is no such folder.</returns>
    /// <exception cref="UnacceptableException">A file is no credential type.</exception>
    public static IReadOnlyDictionary<string, CredentialType> ReadAll(string? workflows)
    {
        var folder = workflows is null ? null : Path.Combine(workflows, Folder);
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.json").Select(file => CredentialTypeReader.Read(File.ReadAllText(file))).ToDictionary(type => type.Id, StringComparer.Ordinal)
            : new Dictionary<string, CredentialType>();
    }
}
