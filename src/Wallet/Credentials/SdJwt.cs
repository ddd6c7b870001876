using System.Security.Cryptography;
using System.Text;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>An SD-JWT in compact form (RFC 9901 4): signed part, disclosures, and when it is presented a key binding token.</summary>
public sealed class SdJwt
{
    /// <summary>Longest one that is read, in characters.</summary>
    public const int MaxLength = 192 * 1024;

    private const int MostDisclosures = 200;

    private SdJwt(string signed, IReadOnlyList<string> disclosures, string? keyBinding)
    {
        (Signed, Disclosures, KeyBinding) = (signed, disclosures, keyBinding);
    }

    public string Signed { get; }

    public IReadOnlyList<string> Disclosures { get; }

    public string? KeyBinding { get; }

    /// <summary>What the holder binds with <c>sd_hash</c>: everything up to and including the last tilde.</summary>
    public string Hash => Base64Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('~', [Signed, .. Disclosures, string.Empty]))));

    /// <exception cref="UnacceptableException">Not an SD-JWT.</exception>
    public static SdJwt Read(string text)
    {
        var parts = text.Length <= MaxLength ? text.Split('~') : [];
        return parts.Length is >= 2 and <= MostDisclosures + 2
            ? new(parts[0], parts[1..^1], parts[^1].Length == 0 ? null : parts[^1])
            : throw new UnacceptableException("no SD-JWT");
    }

    /// <summary>Signed part and disclosures as they are issued.</summary>
    public static string Write(string signed, IEnumerable<Disclosure> disclosures) =>
        string.Join('~', [signed, .. disclosures.Select(disclosure => disclosure.Text), string.Empty]);
}
