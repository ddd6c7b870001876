namespace PublicService.Dossiers;

/// <summary>
/// Everything a printed form 01 to 05 says, with the names of that day: kept when the form is issued, so that it prints the same when the
/// dossier, an office or a person has changed since. Which fields a form shows is the form's matter.
/// </summary>
public sealed record FormContent
{
    public required FormKind Kind { get; init; }

    public required Letterhead Head { get; init; }

    /// <summary>When the act was done, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public required string DossierCode { get; init; }

    public required string ProcedureCode { get; init; }

    public required string ProcedureName { get; init; }

    /// <summary>Nội dung yêu cầu giải quyết.</summary>
    public required string Title { get; init; }

    public required Applicant Applicant { get; init; }

    /// <summary>The one-stop desk that took the dossier in.</summary>
    public required string Desk { get; init; }

    /// <summary>The office that decides.</summary>
    public required string CompetentOffice { get; init; }

    /// <summary>Thành phần hồ sơ nộp on form 01, papers to be supplemented on form 02.</summary>
    public IReadOnlyList<FormPaper> Papers { get; init; } = [];

    /// <summary>Time limit of the procedure in words.</summary>
    public string? Limit { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The promise; on form 04 the new one.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The promise before an extension.</summary>
    public DateTimeOffset? PreviousDueAt { get; init; }

    /// <summary>How the applicant wants the result.</summary>
    public string? ReturnWord { get; init; }

    public string? Reason { get; init; }

    /// <summary>Working days the applicant has for a supplement.</summary>
    public int? Days { get; init; }

    /// <summary>The applicant took the dossier back himself.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>What was paid so far, VND.</summary>
    public long AmountPaid { get; init; }

    /// <summary>Who acted; null when the platform did it by itself or the citizen did.</summary>
    public string? OfficerName { get; init; }

    /// <summary>The person substituted for.</summary>
    public string? OnBehalfOf { get; init; }
}

/// <summary>A line of the table of papers; counts are null where nobody counted.</summary>
public sealed record FormPaper(string Name, int? Originals = null, int? Certified = null, int? Copies = null, string? Note = null);

/// <summary>Upper left corner and date line of an administrative document (NĐ 30/2020/NĐ-CP, Phụ lục I).</summary>
/// <param name="Superior">Cơ quan chủ quản; a People's Committee has none.</param>
/// <param name="Issuer">Cơ quan ban hành.</param>
/// <param name="Letters">Letters of the issuer in the document's sign.</param>
/// <param name="Place">Địa danh.</param>
public sealed record Letterhead(string? Superior, string Issuer, string Letters, string Place)
{
    private const string Committee = "Ủy ban nhân dân ";

    /// <summary>The head of a form of the one-stop desk: the office stands above it.</summary>
    /// <param name="desk">Name of the desk; the office's own name when it keeps none.</param>
    /// <param name="parent">The office above, null for the province itself.</param>
    public static Letterhead OfDesk(Office office, string desk, Office? parent) => desk == office.Name
        ? OfOffice(office, parent)
        : new(office.Name, desk, LettersOf(office), PlaceOf(office, parent));

    /// <summary>The head of a form the office itself answers for.</summary>
    public static Letterhead OfOffice(Office office, Office? parent) => new(
        office.Kind is OfficeKind.PeoplesCommittee ? null : parent?.Name, office.Name, LettersOf(office), PlaceOf(office, parent));

    /// <summary>First letters of the words of a name; a People's Committee is UBND [the letters an office really uses are its own decision: modelled].</summary>
    private static string LettersOf(Office office) => office.Kind is OfficeKind.PeoplesCommittee
        ? "UBND"
        : string.Concat(office.Name.Split([' ', '-', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => char.IsLetter(word[0])).Select(word => word == "UBND" ? word : char.ToUpperInvariant(word[0]).ToString()));

    /// <summary>A commune's name for its own papers, the province's for those of its offices.</summary>
    private static string PlaceOf(Office office, Office? parent)
    {
        var of = office.Kind is OfficeKind.PeoplesCommittee || parent is null ? office : parent;
        if (!of.Name.StartsWith(Committee, StringComparison.Ordinal))
        {
            return of.Name;
        }

        var name = of.Name[Committee.Length..];
        string[] ranks = ["phường ", "xã ", "đặc khu ", "tỉnh ", "thành phố "];
        return Array.Find(ranks, rank => name.StartsWith(rank, StringComparison.OrdinalIgnoreCase)) is { } found ? name[found.Length..] : name;
    }
}
