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

    /// <summary>All wordings of a procedure, oldest first.</summary>
    public IReadOnlyList<Procedure> Wordings(string code) => byCode.GetValueOrDefault(code) ?? [];

    /// <summary>The procedure as it stands on a day: the day a dossier is handed in.</summary>
    /// <exception cref="RefusedException">PROCEDURE_NOT_FOUND.</exception>
    public Procedure Find(string code, DateOnly on) =>
        TryFind(code, on) ?? throw new RefusedException("PROCEDURE_NOT_FOUND", Wordings(code) is [.., { ReplacedBy: { } next }]
            ? $"Thủ tục mã “{code}” đã hết hiệu lực, được thay bằng thủ tục mã “{next}”."
            : $"Không có thủ tục mã “{code}” đang có hiệu lực.");

    /// <summary>The wording a dossier was handed in under; it holds to the end, whatever the catalogue says later.</summary>
    public Procedure? TryFindFor(Dossier dossier) =>
        Array.Find(byCode.GetValueOrDefault(dossier.ProcedureCode) ?? [], wording => wording.ValidFrom == dossier.ProcedureValidFrom)
        ?? TryFind(dossier.ProcedureCode, VietnamTime.DateOf(dossier.SubmittedAt));

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
