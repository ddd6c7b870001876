using System.IO.Compression;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>What a status list says of a credential (Token Status List 7.1).</summary>
public enum CredentialStatus
{
    Valid = 0,

    /// <summary>Revoked for good.</summary>
    Invalid = 1,

    Suspended = 2,
}

/// <summary>Many statuses of a few bits each, in one compressed row (Token Status List 4). Entry i starts at bit i * bits, lowest bit first.</summary>
public sealed class StatusList
{
    /// <summary>Bits of an entry in our own lists.</summary>
    public const int OwnBits = 2;

    /// <summary>Entries of our own lists: enough that one among them tells nobody who it is.</summary>
    public const int OwnSize = 1 << 17;

    /// <summary>Largest list that is unpacked, in bytes: a small text can unpack to anything.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly byte[] bytes;

    /// <exception cref="UnacceptableException">Another number of bits than 1, 2, 4, 8.</exception>
    public StatusList(int bits, byte[] bytes)
    {
        (Bits, this.bytes) = bits is 1 or 2 or 4 or 8 ? (bits, bytes) : throw new UnacceptableException("entries of 1, 2, 4 or 8 bits");
    }

    public int Bits { get; }

    public int Size => bytes.Length * 8 / Bits;

    /// <exception cref="UnacceptableException">The index lies outside the list.</exception>
    public int this[int index]
    {
        get => (bytes[ByteOf(index)] >> ShiftOf(index)) & Mask;
        set => bytes[ByteOf(index)] = (byte)((bytes[ByteOf(index)] & ~(Mask << ShiftOf(index))) | ((value & Mask) << ShiftOf(index)));
    }

    private int Mask => (1 << Bits) - 1;

    public static StatusList New() => new(OwnBits, new byte[OwnSize * OwnBits / 8]);

    /// <summary>Reads the compressed form.</summary>
    /// <exception cref="UnacceptableException">Not compressed bytes, or too many.</exception>
    public static StatusList Unpack(int bits, string compressed)
    {
        try
        {
            using var source = new ZLibStream(new MemoryStream(Base64Text.Decode(compressed)), CompressionMode.Decompress);
            using var target = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                target.Write(buffer, 0, read);
                if (target.Length > MaxBytes)
                {
                    throw new UnacceptableException("the status list is too large");
                }
            }

            return new(bits, target.ToArray());
        }
        catch (InvalidDataException why)
        {
            throw new UnacceptableException("no compressed status list", why);
        }
    }

    /// <summary>Bytes as they are kept.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The compressed form: ZLIB (RFC 1950), as small as it gets.</summary>
    public string Pack()
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return Base64Text.Encode(target.ToArray());
    }

    private int ByteOf(int index) => index >= 0 && index < Size ? (int)((long)index * Bits / 8) : throw new UnacceptableException("outside the status list");

    private int ShiftOf(int index) => index * Bits % 8;
}
