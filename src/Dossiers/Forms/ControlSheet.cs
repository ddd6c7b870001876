using System.Globalization;
using System.Text.Json;

namespace PublicService.Dossiers;

/// <summary>
/// Phiếu kiểm soát quá trình giải quyết hồ sơ (form 06): who gave the dossier to whom, when it came and went, and whether each was in
/// time. A pure function of the ledger; nobody types it.
/// </summary>
public static class ControlSheet
{
    public static IReadOnlyList<ControlLine> Of(IEnumerable<LedgerEntry> ledger)
    {
        var lines = new List<ControlLine>();
        var open = new List<int>();
        var giver = "";
        foreach (var entry in ledger.OrderBy(entry => entry.Sequence))
        {
            if (entry.ActorId != Act.SystemId)
            {
                giver = entry.Act is LedgerAct.Submitted ? "Người nộp hồ sơ" : entry.ActorName;
            }

            switch (entry.Act)
            {
                case LedgerAct.TaskCreated:
                    open.Add(lines.Count);
                    lines.Add(new ControlLine(
                        Text(entry, "office") ?? entry.OfficeId, Text(entry, "title") ?? "", Text(entry, "role"), giver, entry.At, Instant(entry, "due")));
                    break;
                case LedgerAct.TaskCompleted or LedgerAct.ConsentBySilence:
                    var title = Text(entry, "title");
                    var at = open.FindIndex(index => lines[index].Title == title);
                    if (at >= 0)
                    {
                        lines[open[at]] = lines[open[at]] with
                        {
                            DoneAt = entry.At,
                            DoneBy = entry.Act is LedgerAct.TaskCompleted ? entry.ActorName : null,
                            Note = entry.Act is LedgerAct.TaskCompleted ? Text(entry, "outcome") : $"Im lặng coi như: {Text(entry, "outcome")}",
                        };
                        open.RemoveAt(at);
                    }

                    break;
                case LedgerAct.VersionMoved:
                    foreach (var task in ReaskedTasks.Of(entry))
                    {
                        var waits = open.FindIndex(index => lines[index].Title == task.Title);
                        if (waits >= 0)
                        {
                            lines[open[waits]] = lines[open[waits]] with { Title = task.NewTitle, Role = task.NewRole };
                        }
                    }

                    break;
                case LedgerAct.Withdrawn or LedgerAct.Stopped or LedgerAct.NotAccepted:
                    open.ForEach(index => lines[index] = lines[index] with { DoneAt = entry.At, Note = entry.Act is LedgerAct.Withdrawn ? "Công dân rút hồ sơ" : "Dừng giải quyết" });
                    open.Clear();
                    break;
            }
        }

        return lines;
    }

    private static DateTimeOffset? Instant(LedgerEntry entry, string name) =>
        DateTimeOffset.TryParse(Text(entry, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    private static string? Text(LedgerEntry entry, string name)
    {
        if (entry.Data is null)
        {
            return null;
        }

        using var data = JsonDocument.Parse(entry.Data);
        return data.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}

/// <summary>One stretch of the way of a dossier.</summary>
/// <param name="OfficeId">Who has it.</param>
/// <param name="Title">The step.</param>
/// <param name="GivenBy">The person whose act brought it there.</param>
/// <param name="DueAt">Limit of the step; null when it has none.</param>
/// <param name="DoneBy">Null while it waits, and when nobody answered.</param>
public sealed record ControlLine(
    string OfficeId,
    string Title,
    string? Role,
    string GivenBy,
    DateTimeOffset GivenAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? DoneAt = null,
    string? DoneBy = null,
    string? Note = null)
{
    /// <summary>Early, on time or late, decided as for the whole dossier: early is an earlier date (D10).</summary>
    public Band BandAt(DateTimeOffset now) => (DueAt, DoneAt) switch
    {
        (null, _) => Band.NoPromise,
        ({ } due, null) => now > due ? Band.Overdue : Band.InTime,
        ({ } due, { } done) when done > due => Band.FinishedLate,
        ({ } due, { } done) => VietnamTime.DateOf(done) < VietnamTime.DateOf(due) ? Band.FinishedEarly : Band.FinishedOnTime,
    };
}
