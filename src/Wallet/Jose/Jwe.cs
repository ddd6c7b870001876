using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PublicService.Wallet.Jose;

/// <summary>
/// Encrypted answers of wallets (RFC 7516, RFC 7518 4.6): ECDH-ES directly, P-256, A128GCM or A256GCM. The libraries that restore cannot do ECDH-ES
/// without a key wrap.
/// </summary>
public static class Jwe
{
    /// <summary>Longest answer that is read, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    /// <exception cref="UnacceptableException">Not encrypted for this key in this way, or changed on its way.</exception>
    public static byte[] Decrypt(string text, ECDiffieHellman key, string keyId)
    {
        var parts = text.Length <= MaxLength ? text.Split('.') : [];
        if (parts.Length != 5 || parts[1].Length != 0)
        {
            throw new UnacceptableException("no compact JWE with direct key agreement");
        }

        var header = StrictJson.ReadObject(Base64Text.Decode(parts[0]));
        var enc = header.Text("enc");
        if (header.Text("alg") != "ECDH-ES" || enc is not ("A128GCM" or "A256GCM") || header.Text("kid") != keyId
            || header.ContainsKey("zip") || header.ContainsKey("crit"))
        {
            throw new UnacceptableException("another way of encrypting, or for another key");
        }

        var (iv, cipher, tag) = (Base64Text.Decode(parts[2]), Base64Text.Decode(parts[3]), Base64Text.Decode(parts[4]));
        if (iv.Length != 12 || tag.Length != 16)
        {
            throw new UnacceptableException("iv or tag has another length");
        }

        var agreed = Agree(key, PublicJwk.Of(header["epk"]), enc, Info(header, "apu"), Info(header, "apv"));
        try
        {
            using var gcm = new AesGcm(agreed, 16);
            var plain = new byte[cipher.Length];
            gcm.Decrypt(iv, cipher, tag, plain, Encoding.ASCII.GetBytes(parts[0]));
            return plain;
        }
        catch (CryptographicException why)
        {
            throw new UnacceptableException("cannot be decrypted", why);
        }
    }

    private static byte[] Info(System.Text.Json.Nodes.JsonObject header, string name) =>
        header.ContainsKey(name) ? Base64Text.Decode(header.Text(name) ?? throw new UnacceptableException($"{name} is no text")) : [];

    /// <summary>Concat KDF of RFC 7518 4.6.2: one round is enough for both lengths.</summary>
    private static byte[] Agree(ECDiffieHellman own, PublicJwk other, string enc, byte[] apu, byte[] apv)
    {
        var bits = enc == "A128GCM" ? 128 : 256;
        byte[] info = [.. WithLength(Encoding.ASCII.GetBytes(enc)), .. WithLength(apu), .. WithLength(apv), .. BigEndian(bits)];
        using var ephemeral = ECDiffieHellman.Create(other.Parameters());
        return own.DeriveKeyFromHash(ephemeral.PublicKey, HashAlgorithmName.SHA256, BigEndian(1), info)[..(bits / 8)];
    }

    private static byte[] WithLength(byte[] value) => [.. BigEndian(value.Length), .. value];

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
