using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>
/// What the server alone can make and recognise: codes of offers, check values of transaction codes, nonces. So the store needs only hashes,
/// and asking for nonces fills no table.
/// </summary>
/// <param name="key">32 random bytes, the same on all nodes.</param>
public sealed class ServerSecrets(byte[] key)
{
    /// <summary>How long a nonce can be used.</summary>
    public static readonly TimeSpan NonceLife = TimeSpan.FromMinutes(3);

    private const int NonceRandom = 16;
    private const int NonceMac = 16;

    /// <summary>128 bits or more, in base64url.</summary>
    public static string Random(int bytes = 32) => Base64Text.Encode(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Six digits.</summary>
    public static string NewTransactionCode() => RandomNumberGenerator.GetString("0123456789", 6);

    /// <summary>How a secret is kept and found again.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The pre-authorized code of an offer, made from its id: it is nowhere stored and yet can be shown again.</summary>
    public string CodeOf(string offerId) => Base64Text.Encode(Mac("code", Encoding.UTF8.GetBytes(offerId)));

    /// <summary>Check value of a transaction code. Six digits are found from a plain hash in no time, so this takes the server's key.</summary>
    public string TransactionCodeMac(string offerKey, string code) => Base64Text.Encode(Mac("tx", Encoding.UTF8.GetBytes($"{offerKey}\n{code}")));

    public bool FitsTransactionCode(string offerKey, string code, string mac) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(TransactionCodeMac(offerKey, code)), Encoding.ASCII.GetBytes(mac));

    /// <summary>A nonce for key proofs that this server will know again until <see cref="NonceLife"/> is over.</summary>
    public string NewNonce(DateTimeOffset now)
    {
        var nonce = new byte[8 + NonceRandom];
        BinaryPrimitives.WriteInt64BigEndian(nonce, (now + NonceLife).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(nonce.AsSpan(8));
        return Base64Text.Encode([.. nonce, .. Mac("nonce", nonce)[..NonceMac]]);
    }

    /// <returns>When the nonce ends: until then it must be remembered as used.</returns>
    /// <exception cref="ProtocolException">invalid_nonce: not ours, or over.</exception>
    public DateTimeOffset CheckNonce(string nonce, DateTimeOffset now)
    {
        var bytes = ProtocolException.As("invalid_nonce", "the nonce is not known", () => Base64Text.Decode(nonce));
        if (bytes.Length != 8 + NonceRandom + NonceMac
            || !CryptographicOperations.FixedTimeEquals(Mac("nonce", bytes[..(8 + NonceRandom)]).AsSpan(0, NonceMac), bytes.AsSpan(8 + NonceRandom)))
        {
            throw InvalidNonce();
        }

        var end = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
        return now < end ? end : throw InvalidNonce();
    }

    /// <summary>Also for a nonce that was used before.</summary>
    public static ProtocolException InvalidNonce() => new("invalid_nonce", "the nonce is not known, used or too old");

    private byte[] Mac(string purpose, byte[] of) => HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(purpose), 0, .. of]);
}
