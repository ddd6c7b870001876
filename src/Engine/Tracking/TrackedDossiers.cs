using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tracking;

/// <summary>Finds the dossier of a receipt.</summary>
public sealed class TrackedDossiers(EngineDb db)
{
    /// <exception cref="ProblemException">404 TRACKING_NOT_FOUND: the same, and after the same work, for a wrong code and a wrong secret.</exception>
    public async Task<Dossier> FindAsync(string code, string? secret, CancellationToken cancellationToken)
    {
        var dossier = code.Length <= 64 ? await db.Dossiers.AsNoTracking().FirstOrDefaultAsync(dossier => dossier.Code == code, cancellationToken) : null;
        return TrackingSecret.Fits(dossier?.TrackingSecretHash, secret)
            ? dossier!
            : throw new ProblemException(StatusCodes.Status404NotFound, "TRACKING_NOT_FOUND", "Mã hồ sơ hoặc mã tra cứu không đúng.");
    }

    /// <summary>The act of the citizen who holds the receipt.</summary>
    public static Act ActOf(Dossier dossier, string? reason = null) =>
        Act.Citizen(dossier.Code, dossier.ApplicantName, DateTimeOffset.MinValue, reason);
}
