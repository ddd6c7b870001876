using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Reorganisation;

/// <summary>What the rules look at in a dossier.</summary>
internal sealed record DossierOffices(Guid Id, string Code, string Receiving, string Competent, string? Support, string? Address, string FormData)
{
    public static DossierOffices Of(Dossier dossier) => new(
        dossier.Id, dossier.Code, dossier.ReceivingOfficeId, dossier.CompetentOfficeId, dossier.SupportOfficeId, dossier.ApplicantAddress, dossier.FormData);

    public IEnumerable<string> All => new[] { Receiving, Competent, Support }.OfType<string>();
}

/// <summary>Where the old offices of one dossier go, and those for which the rules do not tell.</summary>
internal sealed record Placement(IReadOnlyDictionary<string, string> Map, IReadOnlyList<string> Undecided, string? Reason)
{
    public string? Next(string? office) => office is null ? null : Map.GetValueOrDefault(office);

    public bool Moves(string? office) => Next(office) is not null;
}

/// <summary>
/// The rules of a plan, ready to be asked: a merged office has one successor; a split one goes by an explicit list first, then by the
/// hamlet its address names. Pure: the same dossier gets the same answer in a dry run and in the run.
/// </summary>
internal sealed class PlacementRules
{
    private readonly Dictionary<string, OfficeChange> byOffice;
    private readonly Dictionary<string, List<(string Hamlet, string OfficeId)>> hamlets;
    private readonly Dictionary<(string Office, string Code), string> listed;

    public PlacementRules(ReorganisationPlan plan)
    {
        byOffice = plan.Ending.ToDictionary(change => change.From, StringComparer.Ordinal);
        Old = [.. byOffice.Keys];
        hamlets = plan.Ending.ToDictionary(
            change => change.From,
            change => change.Targets.SelectMany(target => (target.Hamlets ?? []).Select(hamlet => (Padded(hamlet), target.OfficeId))).ToList(),
            StringComparer.Ordinal);
        listed = plan.Ending
            .SelectMany(change => change.Targets.SelectMany(target => (target.Dossiers ?? []).Select(code => (Key: (change.From, code), target.OfficeId))))
            .DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.OfficeId);
    }

    /// <summary>The offices that end.</summary>
    public IReadOnlyList<string> Old { get; }

    public OfficeChange? ChangeOf(string officeId) => byOffice.GetValueOrDefault(officeId);

    /// <param name="tasks">Offices of the dossier's open tasks.</param>
    public Placement Place(DossierOffices dossier, IEnumerable<string> tasks)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        var undecided = new List<string>();
        string? reason = null;
        foreach (var change in dossier.All.Concat(tasks).Distinct().Select(ChangeOf).OfType<OfficeChange>())
        {
            var (officeId, why) = Place(dossier, change);
            if (officeId is not null)
            {
                map[change.From] = officeId;
            }
            else
            {
                undecided.Add(change.From);
                reason ??= why;
            }
        }

        return new(map, undecided, reason);
    }

    /// <summary>Where somebody of an old office goes; null when the plan does not say.</summary>
    public string? Place(string officeId, string userName) => ChangeOf(officeId)?.Targets switch
    {
        [var only] => only.OfficeId,
        { } several => several.FirstOrDefault(target => target.People?.Contains(userName, StringComparer.OrdinalIgnoreCase) == true)?.OfficeId,
        null => null,
    };

    private (string? OfficeId, string? Why) Place(DossierOffices dossier, OfficeChange change)
    {
        if (listed.TryGetValue((change.From, dossier.Code), out var told))
        {
            return (told, null);
        }

        if (change.Targets is [var only])
        {
            return (only.OfficeId, null);
        }

        if (change.Targets.Count == 0)
        {
            return (null, "Đơn vị kết thúc hoạt động mà không có đơn vị kế thừa.");
        }

        var address = AddressOf(dossier, change);
        if (string.IsNullOrWhiteSpace(address))
        {
            return (null, "Hồ sơ không có địa chỉ để xác định đơn vị mới.");
        }

        var padded = Padded(address);
        var named = hamlets[change.From].Where(rule => padded.Contains(rule.Hamlet, StringComparison.Ordinal)).ToList();
        // "Thôn 1" is also found in "Thôn 1 Khe Cát": of two names that hold one another the longer is meant.
        var meant = named.Where(rule => !named.Exists(other => other.Hamlet.Length > rule.Hamlet.Length && other.Hamlet.Contains(rule.Hamlet, StringComparison.Ordinal)))
            .Select(rule => rule.OfficeId).Distinct().ToList();
        return meant switch
        {
            [var office] => (office, null),
            [] => (null, $"Địa chỉ “{address}” không thuộc thôn, khu nào trong quy tắc."),
            _ => (null, $"Địa chỉ “{address}” khớp với nhiều đơn vị mới."),
        };
    }

    private static string? AddressOf(DossierOffices dossier, OfficeChange change) =>
        change.AddressField is { } field && JsonNode.Parse(dossier.FormData)?[field] is JsonValue value ? value.ToString() : dossier.Address;

    /// <summary>Whole words only: "khu 1" is not in "khu 12".</summary>
    private static string Padded(string text) => $" {SearchText.Fold(text)} ";
}
