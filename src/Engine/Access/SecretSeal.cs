using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace PublicService.Engine.Access;

/// <summary>
/// Seals the tracking secret of a receipt for the time until form 01 is printed. The keys lie in the data folder, not in the database:
/// who has only one of both has no secret.
/// </summary>
public sealed class SecretSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("PublicService.TrackingSecret");

    public string Seal(string secret) => protector.Protect(secret);

    /// <returns>The secret, or null when the key is gone: the receipt is then printed without it.</returns>
    public string? TryOpen(string sealedSecret)
    {
        try
        {
            return protector.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
