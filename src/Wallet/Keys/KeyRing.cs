using System.Security.Cryptography.X509Certificates;

namespace PublicService.Wallet.Keys;

/// <summary>All keys of the house and the anchors above them. Rotation is a newer key beside the old one: what the old one signed stays valid.</summary>
/// <param name="signing">How long a certificate must still be valid to sign with its key: the longest life of what is signed.</param>
public sealed class KeyRing(IReadOnlyList<SigningKey> keys, X509Certificate2Collection anchors, TimeSpan signing)
{
    public IReadOnlyList<SigningKey> Keys { get; } = keys;

    /// <summary>Roots of our own certificates.</summary>
    public X509Certificate2Collection Anchors { get; } = anchors;

    /// <summary>The newest key of a purpose that may sign now.</summary>
    /// <exception cref="InvalidOperationException">None has a certificate that lasts long enough: it is time for a new one.</exception>
    public SigningKey Current(KeyPurpose purpose, DateTimeOffset now) =>
        Keys.Where(key => key.Purpose == purpose && key.From <= now && now < key.To - LifeOf(purpose)).MaxBy(key => key.From)
        ?? throw new InvalidOperationException($"No key for {purpose} may sign at {now:O}.");

    private TimeSpan LifeOf(KeyPurpose purpose) => purpose is KeyPurpose.Credential ? signing : TimeSpan.FromDays(2);
}
