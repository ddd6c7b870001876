using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Procedures;

/// <summary>Puts what a review found into the row of an import, and back.</summary>
internal static class ImportReview
{
    /// <summary>The wording an imported row is measured against: the one in force, else the last one before, else the first to come.</summary>
    public static ProcedureRow? CurrentOf(IEnumerable<ProcedureRow> wordings, DateOnly today)
    {
        var ordered = wordings.OrderBy(row => row.ValidFrom).ToList();
        return ordered.FindLast(row => row.IsValidOn(today)) ?? ordered.FindLast(row => row.ValidFrom <= today) ?? ordered.FirstOrDefault();
    }

    /// <param name="isTwice">Another row of the file has the same code.</param>
    public static void Take(this ProcedureImportLine line, JsonObject entry, ProcedureRow? current, bool isTwice)
    {
        var review = EntryReview.Of(entry, current);
        IReadOnlyList<EntryFinding> findings = isTwice
            ? [new("DUPLICATE_CODE", EntryLevel.Warning, "code", line.Code, "Mã này có ở nhiều dòng của tệp; chỉ nhận một dòng."), .. review.Findings]
            : review.Findings;
        line.Code = Plain(entry["code"].Text(), 100);
        line.Name = Plain(entry["name_vi"].Text(), 500);
        line.Entry = entry.ToJsonString(JsonText.Readable);
        line.Findings = JsonSerializer.Serialize(findings, JsonText.Readable);
        line.FindingCodes = $"|{string.Join('|', findings.Select(finding => finding.Code).Distinct())}|";
        line.State = findings.Select(finding => finding.Level).DefaultIfEmpty().Max() switch
        {
            EntryLevel.Info => ImportRowState.Clean,
            EntryLevel.Warning => ImportRowState.Warning,
            EntryLevel.Refusal => ImportRowState.Refused,
        };
        line.Comparison = current is null ? ImportComparison.New : review.Differences.Count == 0 ? ImportComparison.Unchanged : ImportComparison.Changed;
    }

    public static JsonObject EntryOf(ProcedureImportLine line) => (JsonObject)JsonNode.Parse(line.Entry)!;

    /// <summary>For columns that lists show; the entry itself keeps what was delivered.</summary>
    public static string? Plain(string? text, int longest) =>
        text is null ? null : string.Concat(text.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(longest));
}
