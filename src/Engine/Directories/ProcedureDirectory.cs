using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>All procedures, in memory.</summary>
public sealed class ProcedureDirectory(IDbContextFactory<EngineDb> contexts)
{
    private FrozenDictionary<string, Procedure[]> byCode = FrozenDictionary<string, Procedure[]>.Empty;

    /// <summary>Every wording of every procedure.</summary>
    public IEnumerable<Procedure> All => byCode.Values.SelectMany(versions => versions);

    public Procedure? TryFind(string code, DateOnly on) =>
        Array.FindLast(byCode.GetValueOrDefault(code) ?? [], procedure => procedure.IsValidOn(on));

    /// <summary>The procedure as it stands on a day: the day of reception for a dossier.</summary>
    /// <exception cref="RefusedException">PROCEDURE_NOT_FOUND.</exception>
    public Procedure Find(string code, DateOnly on) =>
        TryFind(code, on) ?? throw new RefusedException("PROCEDURE_NOT_FOUND", $"Không có thủ tục mã “{code}” đang có hiệu lực.");

    internal async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<ProcedureRow>().AsNoTracking().ToListAsync(cancellationToken);
        byCode = rows.GroupBy(row => row.Code).ToFrozenDictionary(
            group => group.Key,
            group => group.OrderBy(row => row.ValidFrom).Select(ProcedureReader.Read).ToArray(),
            StringComparer.Ordinal);
    }
}
