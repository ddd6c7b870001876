using System.Text.Json;

namespace PublicService.Dossiers;

/// <summary>One walk over a ledger that finds who had which piece of work, from when to when.</summary>
internal sealed class OfficeStays
{
    private readonly List<OfficeStay> stays = [];
    private readonly List<(DateTimeOffset From, string OfficeId)> competent = [];
    private string receiving;

    /// <param name="whole">All lines: the dossier tells where it is now, they tell where it began.</param>
    /// <param name="seen">The lines up to the instant of the reading.</param>
    public OfficeStays(Dossier dossier, List<LedgerEntry> whole, List<LedgerEntry> seen)
    {
        receiving = dossier.ReceivingOfficeId;
        var decides = dossier.CompetentOfficeId;
        foreach (var entry in Enumerable.Reverse(whole))
        {
            (receiving, decides) = entry.Act switch
            {
                LedgerAct.Forwarded => (receiving, Text(entry, "from") ?? decides),
                LedgerAct.Reorganised => (Text(entry, "receiving", "from") ?? receiving, Text(entry, "competent", "from") ?? decides),
                _ => (receiving, decides),
            };
        }

        competent.Add((DateTimeOffset.MinValue, decides));
        foreach (var entry in seen)
        {
            Apply(entry);
        }
    }

    public IReadOnlyList<OfficeStay> All => stays;

    /// <summary>Instants at which somebody else may have the dossier, or the limit of a step passes.</summary>
    public IEnumerable<DateTimeOffset?> Changes => stays.SelectMany(stay => new[] { stay.From, stay.To, stay.DueAt }).Concat(competent.Select(one => (DateTimeOffset?)one.From));

    public DateTimeOffset? ReceivedAt { get; private set; }

    public DateTimeOffset? HandedOverAt { get; private set; }

    /// <summary>Place of reception and competent office as they were when the dossier was received.</summary>
    public (string From, string To) HandOver { get; private set; }

    /// <summary>The work that lay anywhere at an instant. Papers on their way keep all other offices from theirs.</summary>
    public List<OfficeStay> At(DateTimeOffset instant)
    {
        var here = stays.FindAll(stay => stay.Covers(instant));
        return here.Find(stay => stay.Kind is StayKind.HandOver) is { } handOver ? [handOver] : here;
    }

    /// <summary>Who answers for the dossier while nobody has a piece of work in it.</summary>
    public string CompetentAt(DateTimeOffset instant) => competent.FindLast(one => one.From <= instant).OfficeId;

    private void Apply(LedgerEntry entry)
    {
        switch (entry.Act)
        {
            case LedgerAct.TaskCreated:
                Open(entry);
                break;
            case LedgerAct.TransferSent when Text(entry, "system") is { Length: > 0 }:
                stays.Add(new(Text(entry, "to") ?? CompetentAt(entry.At), StayKind.Coordination, Text(entry, "title") ?? "", entry.At, null, null));
                break;
            case LedgerAct.TaskCompleted or LedgerAct.TaskCancelled or LedgerAct.TransferAnswered or LedgerAct.ConsentBySilence:
            case LedgerAct.DeadlineBreached when entry.Data is not null:
                Close(entry, Text(entry, "title"), Text(entry, "office") ?? entry.OfficeId);
                break;
            case LedgerAct.Received:
                ReceivedAt = entry.At;
                HandOver = (receiving, CompetentAt(entry.At));
                break;
            case LedgerAct.HandedOver when ReceivedAt is { } received:
                HandedOver(entry.At, received);
                break;
            case LedgerAct.Forwarded:
                competent.Add((entry.At, Text(entry, "to")!));
                break;
            case LedgerAct.Reorganised:
                Move(entry);
                break;
            case LedgerAct.VersionMoved:
                Rename(entry);
                break;
            case LedgerAct.Stopped or LedgerAct.Withdrawn or LedgerAct.NotAccepted or LedgerAct.ResultReturned:
                stays.FindAll(stay => stay.To is null).ForEach(stay => End(stay, entry.At));
                break;
            default:
                break;
        }
    }

    private void Open(LedgerEntry entry)
    {
        var (role, office) = (Text(entry, "role"), Text(entry, "office") ?? CompetentAt(entry.At));
        var kind = role switch
        {
            Role.Receptionist => StayKind.Reception,
            Role.DepartmentHead or Role.OfficeLeader or Role.ProvinceLeader => StayKind.Approval,
            Role.Clerk => StayKind.Release,
            Role.ResultOfficer => StayKind.Return,
            Role.Coordinator => StayKind.Coordination,
            _ => StayKind.Processing,
        };
        if (kind is StayKind.Processing or StayKind.Approval && office != receiving && office != CompetentAt(entry.At))
        {
            kind = StayKind.Coordination;
        }

        if (kind is StayKind.Reception && ReceivedAt is not null && office != receiving)
        {
            // The other side waits for the papers: until they are there, or their hand-over is on record, it is still the sender's time.
            (kind, office) = (StayKind.HandOver, receiving);
        }

        // A draft waits for the citizen: time that runs, but at no office.
        var holder = role == Role.Citizen ? Act.CitizenOffice : office;
        stays.Add(new(holder, kind, Text(entry, "title") ?? "", entry.At, null, Instant(entry, "due")));
    }

    private void Close(LedgerEntry entry, string? title, string officeId)
    {
        var open = stays.FindAll(stay => stay.To is null && stay.Title == title);
        if ((open.Find(stay => stay.OfficeId == officeId) ?? open.FirstOrDefault()) is { } stay)
        {
            End(stay, entry.At);
            HandedOverAt ??= stay.Kind is StayKind.HandOver ? entry.At : null;
        }
    }

    private void HandedOver(DateTimeOffset at, DateTimeOffset received)
    {
        HandedOverAt ??= at;
        if (stays.Find(stay => stay is { To: null, Kind: StayKind.HandOver }) is { } open)
        {
            End(open, at);
            stays.Add(open with { OfficeId = CompetentAt(at), Kind = StayKind.Reception, From = at });
        }
        else
        {
            stays.Add(new(receiving, StayKind.HandOver, "Bàn giao hồ sơ", received, at, null));
        }
    }

    /// <summary>A reorganisation: what waits goes on under the new name, with the limit it had; what is done keeps the old one.</summary>
    private void Move(LedgerEntry entry)
    {
        receiving = Text(entry, "receiving", "to") ?? receiving;
        foreach (var handOver in stays.FindAll(stay => stay is { To: null, Kind: StayKind.HandOver } && stay.OfficeId != receiving))
        {
            End(handOver, entry.At);
            stays.Add(handOver with { OfficeId = receiving, From = entry.At });
        }

        if (Text(entry, "competent", "to") is { } to)
        {
            competent.Add((entry.At, to));
        }

        using var data = JsonDocument.Parse(entry.Data ?? "{}");
        if (!data.RootElement.TryGetProperty("tasks", out var tasks))
        {
            return;
        }

        foreach (var task in tasks.EnumerateArray())
        {
            var (from, title) = (task.GetProperty("from").GetString(), task.GetProperty("title").GetString());
            if (stays.Find(stay => stay.To is null && stay.OfficeId == from && stay.Title == title) is { } stay)
            {
                End(stay, entry.At);
                stays.Add(stay with { OfficeId = task.GetProperty("to").GetString()!, From = entry.At });
            }
        }
    }

    /// <summary>Another version of the workflow: what waits goes on under the title by which it will be done.</summary>
    private void Rename(LedgerEntry entry)
    {
        foreach (var task in ReaskedTasks.Of(entry))
        {
            if (stays.Find(stay => stay.To is null && stay.Title == task.Title) is { } stay)
            {
                stays[stays.IndexOf(stay)] = stay with { Title = task.NewTitle };
            }
        }
    }

    private void End(OfficeStay stay, DateTimeOffset at) => stays[stays.IndexOf(stay)] = stay with { To = at };

    private static DateTimeOffset? Instant(LedgerEntry entry, string name) =>
        Text(entry, name) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var instant) ? instant.ToUniversalTime() : null;

    private static string? Text(LedgerEntry entry, params string[] path)
    {
        if (entry.Data is null)
        {
            return null;
        }

        using var data = JsonDocument.Parse(entry.Data);
        var found = data.RootElement;
        foreach (var name in path)
        {
            if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return null;
            }
        }

        return found.ValueKind is JsonValueKind.String ? found.GetString() : null;
    }
}
