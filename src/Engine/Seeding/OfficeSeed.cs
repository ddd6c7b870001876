using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Seeding;

/// <summary>Offices from <c>org-units.json</c>. Ids: a slug of the province's name, the file's ids, the communes' slugs.</summary>
internal static class OfficeSeed
{
    /// <summary>Two-level local government begins.</summary>
    private static readonly DateOnly Start = new(2025, 7, 1);

    public static IReadOnlyList<OfficeRow> Read(JsonNode units)
    {
        var province = units["province"]!;
        var rootId = SearchText.Fold(Text(province, "name")).Replace(' ', '-');
        var root = Row(rootId, Text(province, "agency_code"), "Ủy ban nhân dân " + Lower(Text(province, "full_name")),
            OfficeKind.PeoplesCommittee, OfficeLevel.Province, null, rootId, province);
        return
        [
            root,
            .. units["departments"]!.AsArray().Select(one => Department(one!, rootId)),
            .. units["vertical_and_partner_agencies"]!.AsArray().Select((one, index) => Partner(one!, index, rootId)),
            .. units["communes"]!.AsArray().Select(one => Commune(one!, rootId)),
        ];
    }

    private static OfficeRow Department(JsonNode json, string rootId) => Row(
        Text(json, "id"),
        Text(json, "demo_agency_code"),
        Text(json, "name"),
        Text(json, "kind") == "trung_tam" ? OfficeKind.ServiceCentre : OfficeKind.Department,
        OfficeLevel.Province,
        rootId,
        rootId,
        json);

    private static OfficeRow Partner(JsonNode json, int index, string rootId) => Row(
        Text(json, "id"),
        string.Create(CultureInfo.InvariantCulture, $"H49.{91 + index}"), // invented: they issue no dossier codes of the province
        Text(json, "name"),
        Text(json, "id") is "buudien" or "dien" ? OfficeKind.ExternalSystem : OfficeKind.VerticalAgency,
        OfficeLevel.Province,
        rootId,
        rootId,
        json);

    private static OfficeRow Commune(JsonNode json, string rootId)
    {
        var row = Row(Text(json, "slug"), Text(json, "demo_agency_code"), "Ủy ban nhân dân " + Lower(Text(json, "full_name")),
            OfficeKind.PeoplesCommittee, OfficeLevel.Commune, rootId, rootId, json);
        row.OneStop = Text(json, "one_stop");
        row.AreaCode = Text(json, "code");
        row.SearchText = SearchText.Of(row.Name, row.AgencyCode, Text(json, "code"));
        return row;
    }

    private static OfficeRow Row(
        string id, string agencyCode, string name, OfficeKind kind, OfficeLevel level, string? parentId, string calendarId, JsonNode json) => new()
        {
            Id = id,
            AgencyCode = agencyCode,
            Name = name,
            Kind = kind,
            Level = level,
            ParentId = parentId,
            ValidFrom = Start,
            CalendarId = calendarId,
            SearchText = SearchText.Of(name, agencyCode),
            Verified = json["verified"]?.ToJsonString(),
        };

    // "Phường Hồng Gai" inside a longer name is written "phường Hồng Gai".
    private static string Lower(string name) => char.ToLower(name[0], CultureInfo.InvariantCulture) + name[1..];

    private static string Text(JsonNode json, string name) =>
        json[name]?.GetValue<string>() ?? throw new FormatException($"'{name}' is missing in {json.ToJsonString()[..80]}.");
}
