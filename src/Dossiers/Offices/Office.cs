namespace PublicService.Dossiers;

/// <summary>What an office is.</summary>
public enum OfficeKind
{
    PeoplesCommittee = 1,
    Department = 2,
    ServiceCentre = 3,
    InternalUnit = 4,
    VerticalAgency = 5,
    ExternalSystem = 6,
}

/// <summary>Two-level local government from 1/7/2025: province and commune; the ministry stands above, districts no longer exist.</summary>
public enum OfficeLevel
{
    Ministry = 1,
    Province = 2,
    Commune = 3,
}

/// <summary>
/// Cơ quan/đơn vị. Units merge, split and change rank, so each has validity dates and is never renamed in place.
/// </summary>
/// <param name="AgencyCode">Mã định danh, the first part of a dossier code.</param>
/// <param name="ValidTo">Last day in force, null while in force.</param>
/// <param name="CalendarId">Whose hours and holidays it keeps.</param>
public sealed record Office(
    string Id,
    string AgencyCode,
    string Name,
    OfficeKind Kind,
    OfficeLevel Level,
    string? ParentId,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string CalendarId)
{
    public bool IsValidOn(DateOnly date) => date >= ValidFrom && (ValidTo is null || date <= ValidTo);

    /// <exception cref="RefusedException">OFFICE_NOT_IN_FORCE: a dossier may not be sent to a unit that does not exist on that day.</exception>
    public void MustBeValidOn(DateOnly date)
    {
        if (!IsValidOn(date))
        {
            throw Refusals.OfficeNotInForce(Name, date);
        }
    }
}
