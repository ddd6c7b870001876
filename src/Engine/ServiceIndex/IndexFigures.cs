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
        return IndexScore.Of(catalogue, await IndexCounts.ReadAsync(db, counted, period, cancellationToken), OwnProcedures(counted, period));
    }

    /// <summary>Procedures in force on the last day judged that offices of these levels decide; all of them for the province.</summary>
    public IReadOnlyList<Procedure> OwnProcedures(IReadOnlyList<string>? counted, IndexPeriod period)
    {
        var day = VietnamTime.DateOf(period.At.AddMilliseconds(-1));
        var levels = counted?.Select(id => offices.Find(id).Level).ToHashSet();
        return
        [
            .. procedures.All.Where(procedure => procedure.IsValidOn(day) && (levels is null
                || (levels.Contains(OfficeLevel.Commune) && procedure.Level.Contains("xã", StringComparison.Ordinal))
                || (levels.Contains(OfficeLevel.Province) && procedure.Level.Contains("tỉnh", StringComparison.Ordinal)))),
        ];
    }

    /// <summary>Whole-province figures are read without a list of offices.</summary>
    public IReadOnlyList<string>? Visible(string? office) => sight.Offices(office);
}
