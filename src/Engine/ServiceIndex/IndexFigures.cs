using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.ServiceIndex;

/// <summary>Measures the index of some offices in a period.</summary>
internal sealed class IndexFigures(EngineDb db, ReportSight sight, OfficeDirectory offices, ProcedureDirectory procedures, IndexCatalogue catalogue)
{
    public async Task<IReadOnlyList<IndexMeasure>> MeasureAsync(string? office, IndexPeriod period, CancellationToken cancellationToken)
    {
        var counted = sight.Offices(office);
        return IndexScore.Of(catalogue, await IndexCounts.ReadAsync(db, counted, period, cancellationToken), OwnProcedures(counted, period), Returning(period));
    }

    /// <summary>Codes of procedures that give a paper.</summary>
    public IReadOnlyCollection<string> Returning(IndexPeriod period) =>
        [.. Valid(period).Where(procedure => procedure.Results.Count > 0).Select(procedure => procedure.Code)];

    /// <summary>The offices to count; null when it is the whole province.</summary>
    public IReadOnlyList<string>? Visible(string? office) => sight.Offices(office);

    /// <summary>Procedures in force on the last day judged that offices of these levels decide; all of them for the province.</summary>
    private List<Procedure> OwnProcedures(IReadOnlyList<string>? counted, IndexPeriod period)
    {
        var levels = counted?.Select(id => offices.Find(id).Level).ToHashSet();
        return
        [
            .. Valid(period).Where(procedure => levels is null
                || (levels.Contains(OfficeLevel.Commune) && procedure.Level.Contains("xã", StringComparison.Ordinal))
                || (levels.Contains(OfficeLevel.Province) && procedure.Level.Contains("tỉnh", StringComparison.Ordinal))),
        ];
    }

    private IEnumerable<Procedure> Valid(IndexPeriod period)
    {
        var day = VietnamTime.DateOf(period.At.AddMilliseconds(-1));
        return procedures.All.Where(procedure => procedure.IsValidOn(day));
    }
}
