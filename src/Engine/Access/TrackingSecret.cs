using System.Security.Cryptography;
using System.Text;

namespace PublicService.Engine.Access;

/// <summary>
/// The secret on the receipt with which a citizen without an account follows the dossier. Given once; only its SHA-256 is stored.
/// </summary>
public static class TrackingSecret
{
    // Base 32 of Crockford: no letters that are read as digits. 20 signs are 100 bits.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 20;
    private static readonly string Nobodys = HashOf(New());

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Trim().ToUpperInvariant())));

    /// <summary>Compares in constant time, also when there is nothing to compare with.</summary>
    /// <param name="hash">The stored hash; null when there is no such dossier.</param>
    public static bool Fits(string? hash, string? secret)
    {
        var same = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash ?? Nobodys), Encoding.ASCII.GetBytes(HashOf(secret ?? "")));
        return same && hash is not null;
    }
}
