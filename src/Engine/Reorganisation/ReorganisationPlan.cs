using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicService.Engine.Reorganisation;

/// <summary>What becomes of which office. Several old offices with the same target are a merger, one with several targets is a split.</summary>
public sealed record ReorganisationPlan(IReadOnlyList<OfficeChange> Changes)
{
    /// <summary>Offices that end; a renamed one goes on.</summary>
    [JsonIgnore]
    public IEnumerable<OfficeChange> Ending => Changes.Where(change => change.Rename is null);

    public static ReorganisationPlan Read(string json) => JsonSerializer.Deserialize<ReorganisationPlan>(json, JsonText.Records)!;

    public string ToJson() => JsonSerializer.Serialize(this, JsonText.Records);
}

/// <summary>One old office.</summary>
/// <param name="To">Who takes its work over; none when it is abolished without a successor.</param>
/// <param name="Rename">The office goes on under another name; then it has no targets.</param>
/// <param name="AddressField">Field of the electronic form whose address decides in a split, for example that of the land; the applicant's address without it.</param>
public sealed record OfficeChange(string From, IReadOnlyList<Target>? To = null, NewName? Rename = null, string? AddressField = null)
{
    [JsonIgnore]
    public IReadOnlyList<Target> Targets => To ?? [];
}

/// <summary>A new office, and in a split what it takes.</summary>
/// <param name="Hamlets">Names of hamlets, streets, quarters: an address that names exactly one target's goes there.</param>
/// <param name="Dossiers">Codes of dossiers that go there whatever the address says.</param>
/// <param name="People">User names of those who go there.</param>
/// <param name="Note">What the source says, for example that only a part of the area came.</param>
public sealed record Target(
    string OfficeId, IReadOnlyList<string>? Hamlets = null, IReadOnlyList<string>? Dossiers = null, IReadOnlyList<string>? People = null, string? Note = null);

/// <summary>Another name for the same office.</summary>
public sealed record NewName(string Name, string? OneStop = null);
