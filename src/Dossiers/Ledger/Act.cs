namespace PublicService.Dossiers;

/// <summary>Who changes a dossier, for which office, when and why. Every method that changes something demands one.</summary>
/// <param name="At">The instant of the act, taken from the caller's clock; kept in UTC.</param>
/// <param name="Reason">Free text of the person acting; methods that need a reason by law ask for it separately.</param>
/// <param name="OnBehalfOf">Uỷ quyền: the person substituted for. <paramref name="ActorName"/> stays the one who really acted.</param>
public sealed record Act(
    string ActorId,
    string ActorName,
    string OfficeId,
    DateTimeOffset At,
    string? Reason = null,
    string? OnBehalfOf = null)
{
    /// <summary>Actor and office of everything the platform does by itself.</summary>
    public const string SystemId = "system";

    /// <summary>Stands in the ledger where a citizen acts.</summary>
    public const string CitizenOffice = "citizen";

    public string ActorId { get; } = Known(ActorId, nameof(ActorId));

    public string ActorName { get; } = Known(ActorName, nameof(ActorName));

    public string OfficeId { get; } = Known(OfficeId, nameof(OfficeId));

    public DateTimeOffset At { get; } = At.ToUniversalTime();

    /// <summary>An act of a timer or of the outbox.</summary>
    public static Act System(DateTimeOffset at, string? reason = null) => new(SystemId, "Hệ thống", SystemId, at, reason);

    /// <summary>An act of the citizen himself, who belongs to no office.</summary>
    public static Act Citizen(string id, string name, DateTimeOffset at, string? reason = null) => new(id, name, CitizenOffice, at, reason);

    private static string Known(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
