namespace PublicService.Engine.NationalPortal;

/// <summary>
/// Section <c>NationalPortal</c> of the configuration. The official specification was not found: paths and codes are those that
/// running systems use, and every one of them can be set (docs/national-portal.md).
/// </summary>
public sealed record NationalPortalOptions
{
    /// <summary>Address of the adapter, with a slash at the end. Empty: messages become files, nothing is ever confirmed.</summary>
    public string? Url { get; init; }

    /// <summary>Gives a session for user name and password.</summary>
    public string LoginPath { get; init; } = "login";

    /// <summary>Takes DongBoHoSoMC and CapNhatTienDoHoSoMC.</summary>
    public string IntegrationPath { get; init; } = "integration";

    /// <summary>Answers TraCuuHoSo.</summary>
    public string SharePath { get; init; } = "share";

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>madonvi: the agency the province signs in as.</summary>
    public string? Agency { get; init; }

    /// <summary>Header <c>dstcode</c> of the integration axis; left out when empty.</summary>
    public string? DestinationCode { get; init; }

    /// <summary>Of one call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>error_code of success.</summary>
    public string[] OkCodes { get; init; } = ["0", "00"];

    /// <summary>error_code of "exists already", together with the words "đã tồn tại".</summary>
    public string[] ExistsCodes { get; init; } = ["3", "-3"];

    /// <summary>error_code of a session that is over; an answer 401 means the same.</summary>
    public string[] SessionCodes { get; init; } = ["401"];

    /// <summary>error_code of a trouble of the portal itself: sent again later.</summary>
    public string[] OutageCodes { get; init; } = ["-1", "500", "503"];

    /// <summary>Where the portal fetches files of papers and results from; without it messages carry no links.</summary>
    public string? FileUrl { get; init; }

    /// <summary>MaLinhVuc by name of the field; a field that is not listed is sent with its name alone.</summary>
    public Dictionary<string, string> FieldCodes { get; init; } = [];

    /// <summary>MaCSDL of the population database. The official list was not found, so nothing is sent until it is set.</summary>
    public string? PopulationDatabaseCode { get; init; }

    /// <summary>NoiNopHoSo: 2 is a system of a ministry or province [meaning from memory].</summary>
    public string SubmitPlace { get; init; } = "2";

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Url);
}
