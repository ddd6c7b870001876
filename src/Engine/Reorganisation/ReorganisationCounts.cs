using System.Text.Json;

namespace PublicService.Engine.Reorganisation;

/// <summary>What a run moves. The dry run and the run count with the same methods, so that they can be compared.</summary>
public sealed record ReorganisationCounts
{
    /// <summary>Dossiers that go over with at least one office or task.</summary>
    public int Dossiers { get; set; }

    public int Receiving { get; set; }

    public int Competent { get; set; }

    public int Support { get; set; }

    /// <summary>Open tasks that change their office.</summary>
    public int Tasks { get; set; }

    public int People { get; set; }

    public int Roles { get; set; }

    /// <summary>Rules of assignment.</summary>
    public int Rules { get; set; }

    /// <summary>Dossiers the rules cannot place.</summary>
    public int DossiersToReview { get; set; }

    public int PeopleToReview { get; set; }

    /// <summary>Dossiers by the office that decides them from now on.</summary>
    public SortedDictionary<string, int> ByOffice { get; init; } = new(StringComparer.Ordinal);

    public static ReorganisationCounts Read(string json) => JsonSerializer.Deserialize<ReorganisationCounts>(json, JsonSerializerOptions.Web)!;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Counts a dossier that moves.</summary>
    /// <param name="tasks">Offices of its open tasks.</param>
    internal void Add(DossierOffices dossier, IEnumerable<string> tasks, Placement placement)
    {
        if (placement.Undecided.Count > 0)
        {
            DossiersToReview++;
            return;
        }

        var moved = tasks.Count(placement.Moves);
        var (receiving, competent, support) = (placement.Moves(dossier.Receiving), placement.Moves(dossier.Competent), placement.Moves(dossier.Support));
        if (!receiving && !competent && !support && moved == 0)
        {
            return;
        }

        Dossiers++;
        Tasks += moved;
        Receiving += receiving ? 1 : 0;
        Competent += competent ? 1 : 0;
        Support += support ? 1 : 0;
        var decides = placement.Next(dossier.Competent) ?? dossier.Competent;
        ByOffice[decides] = ByOffice.GetValueOrDefault(decides) + 1;
    }
}
