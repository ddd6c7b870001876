using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>What a click reads while it is made: the database for the clicks of the province, the memory of a trial for those of an analyst.</summary>
public interface IClickSource
{
    /// <summary>An instance as it is now; null when there is none.</summary>
    Task<LoadedInstance?> InstanceAsync(string id);

    /// <summary>The lines of a dossier before the click, in order.</summary>
    Task<IReadOnlyList<LedgerEntry>> LedgerAsync(Guid dossierId);

    /// <summary>The papers on file.</summary>
    Task<IReadOnlyList<PaperRow>> PapersAsync(Guid dossierId);

    /// <summary>Gives new tasks to people where their office wants it.</summary>
    AssignTasks Assign { get; }

    /// <summary>Stops a run between two of its steps, which is then an incident like an endless run.</summary>
    CancellationToken Stop => CancellationToken.None;
}
