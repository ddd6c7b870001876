using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    private static readonly JsonSerializerOptions DataFormat = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly List<LedgerEntry> ledger = [];

    private int taken;

    /// <summary>Lines of the ledger ever written, also when they are not in memory.</summary>
    public int LedgerLength { get; private set; }

    public DateTimeOffset LastActAt { get; private set; }

    /// <summary>The lines in memory: all of them after <see cref="AttachLedger"/>, otherwise only those written since the load.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => ledger;

    /// <summary>Lines not yet handed to the store; each is handed out once.</summary>
    public IReadOnlyList<LedgerEntry> TakeNewEntries()
    {
        var fresh = ledger[taken..];
        taken = ledger.Count;
        return fresh;
    }

    /// <summary>Gives a loaded dossier its stored lines, in any order, before the first change.</summary>
    /// <exception cref="InvalidOperationException">Lines are missing, doubled, of another dossier, or the dossier has already changed.</exception>
    public void AttachLedger(IEnumerable<LedgerEntry> entries)
    {
        var stored = entries.OrderBy(entry => entry.Sequence).ToList();
        var whole = stored.Count == LedgerLength && stored.Select((entry, index) => entry.DossierId == Id && entry.Sequence == index + 1).All(ok => ok);
        if (!whole || ledger.Count > 0)
        {
            throw new InvalidOperationException($"The ledger of dossier {Code} is not whole: {stored.Count} of {LedgerLength} lines, {ledger.Count} in memory.");
        }

        ledger.AddRange(stored);
        taken = ledger.Count;
    }

    /// <summary>Writes what happened around the dossier: a task claimed, an opinion given, consent by silence, a look-up. Moves nothing; legal in every status.</summary>
    /// <param name="data">JSON text, or null.</param>
    public void Note(LedgerAct kind, string? data, Act act, string? article = null)
    {
        if (!kind.IsNote())
        {
            throw new ArgumentException($"{kind} changes the dossier and has its own method.", nameof(kind));
        }

        CheckTime(act);
        Append(kind, act, act.Reason, article, data);
    }

    private void Record(LedgerAct kind, Act act, string? reason = null, string? article = null, object? data = null) =>
        Append(kind, act, reason ?? act.Reason, article, data is null ? null : JsonSerializer.Serialize(data, DataFormat));

    private void Append(LedgerAct kind, Act act, string? reason, string? article, string? data)
    {
        LedgerLength++;
        LastActAt = act.At;
        if (kind.News() is not PortalNews.None)
        {
            SyncStatus = SyncStatus.Pending;
        }

        ledger.Add(new LedgerEntry(
            Id, LedgerLength, act.At, act.ActorId, act.ActorName, act.OnBehalfOf, act.OfficeId, kind, reason, article, BusinessStatus, DueAt, data));
    }
}
