namespace PublicService.Dossiers;

/// <summary>Người nộp: personal data of the applicant as written on the receipt.</summary>
public sealed record Applicant(
    string Name,
    string? IdNumber = null,
    string? Phone = null,
    string? Email = null,
    string? Address = null);

/// <summary>What a new dossier is made of. The number in <see cref="Code"/> is issued by the Engine.</summary>
public sealed record Submission
{
    public required Guid Id { get; init; }

    public required DossierCode Code { get; init; }

    public required string ProcedureCode { get; init; }

    /// <summary>First day of the wording of the procedure that holds for this dossier.</summary>
    public DateOnly? ProcedureValidFrom { get; init; }

    public required string Title { get; init; }

    public required Channel Channel { get; init; }

    public required Applicant Applicant { get; init; }

    public required string ReceivingOfficeId { get; init; }

    public required string CompetentOfficeId { get; init; }

    public string? SupportOfficeId { get; init; }

    public string? DefinitionId { get; init; }

    public string? DefinitionVersionId { get; init; }

    public Guid? ParentId { get; init; }

    public string FormData { get; init; } = "{}";

    /// <summary>JSON text: where the values of the form come from; see <see cref="Dossier.FormOrigins"/>.</summary>
    public string? FormOrigins { get; init; }

    /// <summary>How the applicant wants the result; null when nobody asked.</summary>
    public ReturnMethod? WantedReturn { get; init; }

    public string? TrackingSecretHash { get; init; }

    /// <summary>The secret again, sealed by the Engine, for form 01.</summary>
    public string? SealedSecret { get; init; }
}
