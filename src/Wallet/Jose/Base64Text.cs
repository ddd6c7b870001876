using System.Buffers;
using System.Buffers.Text;

namespace PublicService.Wallet.Jose;

/// <summary>
/// Base64url without padding (RFC 7515), read strictly: .NET's reader also takes white space and padding, and then one token
/// has many spellings.
/// </summary>
public static class Base64Text
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <exception cref="UnacceptableException">Not base64url, or not in its only spelling.</exception>
    public static byte[] Decode(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
        {
            throw new UnacceptableException("not base64url");
        }

        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException why)
        {
            throw new UnacceptableException("base64url with stray bits", why);
        }
    }

    /// <summary>The same for ordinary base64 with padding, as <c>x5c</c> has it.</summary>
    /// <exception cref="UnacceptableException">Not base64, or not in its only spelling.</exception>
    public static byte[] DecodeStandard(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            return Convert.ToBase64String(bytes) == text ? bytes : throw new UnacceptableException("base64 with stray bits");
        }
        catch (FormatException why)
        {
            throw new UnacceptableException("not base64", why);
        }
    }
}
