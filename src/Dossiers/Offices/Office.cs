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
/// Cơ quan/đơn vị. Units merge, split and change rank, so each has validity dates; earlier names stay on file.
/// </summary>
/// <param name="AgencyCode">Mã định danh, the first part of a dossier code.</param>
/// <param name="ValidTo">Last day in force, null while in force.</param>
/// <param name="CalendarId">Whose hours and holidays it keeps.</param>
/// <param name="Successors">Who took its work over when it was merged, split or abolished; null when nobody did.</param>
public sealed record Office(
    string Id,
    string AgencyCode,
    string Name,
    OfficeKind Kind,
    OfficeLevel Level,
    string? ParentId,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string CalendarId,
    IReadOnlyList<OfficeSuccessor>? Successors = null)
{
    public bool IsValidOn(DateOnly date) => date >= ValidFrom && (ValidTo is null || date <= ValidTo);

    /// <exception cref="RefusedException">OFFICE_NOT_IN_FORCE: a dossier may not be sent to a unit that does not exist on that day.</exception>
    public void MustBeValidOn(DateOnly date)
    {
        if (!IsValidOn(date))
        {
            throw Refusals.OfficeNotInForce(Name, date, date > ValidTo ? [.. (Successors ?? []).Select(one => one.Name)] : []);
        }
    }
}

/// <summary>An office that took over the work of one that has ended.</summary>
public sealed record OfficeSuccessor(string Id, string Name);
