using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Work;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.VersionMoves;

/// <summary>An order with its versions read: which dossiers it concerns and what is decided about each. The same for the dry run and the run.</summary>
internal sealed class MoveOrder
{
    private readonly Dictionary<string, WorkflowDefinition> from;

    private MoveOrder(VersionMoveRow row, Dictionary<string, WorkflowDefinition> from, WorkflowDefinition to) => (Row, this.from, To) = (row, from, to);

    public VersionMoveRow Row { get; }

    public WorkflowDefinition To { get; }

    /// <summary>Ids of the versions dossiers come from.</summary>
    public IReadOnlyCollection<string> From => from.Keys;

    public static async Task<MoveOrder> ReadAsync(EngineDb db, DefinitionCache definitions, VersionMoveRow row, CancellationToken cancellationToken)
    {
        var numbers = row.From.Append(row.ToVersion).ToList();
        var versions = await db.Definitions.AsNoTracking().Where(one => one.DefinitionId == row.DefinitionId && numbers.Contains(one.Version)).ToListAsync(cancellationToken);
        var read = versions.ToDictionary(one => one.Version, one => (one.Id, Definition: DefinitionReader.Read(one.Json, definitions.Catalog)));
        return new(
            row,
            row.From.Where(read.ContainsKey).ToDictionary(number => read[number].Id, number => read[number].Definition),
            read.GetValueOrDefault(row.ToVersion).Definition ?? throw Problems.NotFound("Phiên bản quy trình"));
    }

    /// <summary>The running workflows it concerns, in the order of their ids; <see cref="VersionMoveRow.Step"/> is looked at in <see cref="IsAt"/>.</summary>
    public IQueryable<InstanceRow> Candidates(EngineDb db, string? after = null)
    {
        var (definitionId, office, versions) = (Row.DefinitionId, Row.OfficeId, From.ToList());
        var rows = db.Instances.AsNoTracking().Where(row =>
            row.DefinitionId == definitionId && row.Status == InstanceStatus.Running && row.ParentInstanceId == null && versions.Contains(row.DefinitionVersionId));
        if (office is not null)
        {
            rows = rows.Where(row => db.Dossiers.Any(dossier => dossier.Id == row.DossierId && dossier.CompetentOfficeId == office));
        }

        return after is null ? rows : rows.Where(row => row.Id.CompareTo(after) > 0);
    }

    /// <summary>Whether a workflow waits at the step the order is limited to.</summary>
    public bool IsAt(InstanceState state) => Row.Step is null || state.Bookmarks.Exists(bookmark => bookmark.ActivityId == Row.Step);

    /// <summary>What would become of a workflow.</summary>
    public RenewalPlan Plan(InstanceState state, DateTimeOffset now) =>
        Renewal.Plan(from[state.DefinitionVersionId], To, state, new RunEnvironment { Now = now });

    public static VersionMoveResult ResultOf(RenewalPlan plan) =>
        plan.Obstacles.Count > 0 ? VersionMoveResult.Impossible : plan.Changes.Count > 0 ? VersionMoveResult.Changed : VersionMoveResult.Unchanged;

    public static IReadOnlyList<string> ReasonsOf(RenewalPlan plan) => plan.Obstacles.Count > 0 ? plan.Obstacles : plan.Changes;
}

/// <summary>How many dossiers go over, go over changed, and stay.</summary>
public sealed record VersionMoveCounts(int Unchanged, int Changed, int Impossible)
{
    public int Total => Unchanged + Changed + Impossible;

    internal static VersionMoveCounts Of(IEnumerable<(VersionMoveResult Result, int Count)> counts)
    {
        var sums = counts.GroupBy(one => one.Result).ToDictionary(group => group.Key, group => group.Sum(one => one.Count));
        return new(
            sums.GetValueOrDefault(VersionMoveResult.Unchanged), sums.GetValueOrDefault(VersionMoveResult.Changed), sums.GetValueOrDefault(VersionMoveResult.Impossible));
    }
}

/// <summary>A dossier in a dry run or in a result.</summary>
/// <param name="Reasons">What is different for the work that waits, or why it stays.</param>
public sealed record VersionMoveLine(Guid? DossierId, string Code, int FromVersion, VersionMoveResult Result, IReadOnlyList<string> Reasons);
