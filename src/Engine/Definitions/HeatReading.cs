using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Intake;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Drawings;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Definitions;

/// <summary>Makes the numbers of a procedure's steps from the journals of a bounded number of instances.</summary>
public sealed class HeatReading(EngineDb db, OfficeDirectory offices, CalendarDirectory calendars, CurrentPerson person, TimeProvider time)
{
    /// <summary>Most instances whose journals one request reads: some 10,000 rows by their primary key.</summary>
    public const int Limit = 1000;

    private const int AtOnce = 200;

    internal sealed record Sample(int Total, IReadOnlyList<string> Ids);

    /// <summary>Instances of a version that began in a period; when there are too many, every so-manieth in the order they began.</summary>
    internal async Task<Sample> SampleAsync(WorkflowDefinition definition, DateTimeOffset from, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var instances = InSight(db.Instances.AsNoTracking().Where(one =>
            one.DefinitionId == definition.DefinitionId && one.CreatedAt >= from && one.CreatedAt < end && one.DefinitionVersionId == definition.Id));
        var total = await instances.CountAsync(cancellationToken);
        var stride = (total + Limit - 1) / Limit;
        var ids = new List<string>();
        var number = 0;
        await foreach (var id in instances.OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Select(one => one.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (number++ % stride == 0 && ids.Count < Limit)
            {
                ids.Add(id);
            }
        }

        return new(total, ids);
    }

    /// <summary>Numbers of every step of a version, in the order of the drawing.</summary>
    internal async Task<IReadOnlyList<StepHeat>> ReadAsync(WorkflowDefinition definition, IReadOnlyList<string> instanceIds, CancellationToken cancellationToken)
    {
        var passes = new List<StepPass>();
        foreach (var ids in instanceIds.Chunk(AtOnce))
        {
            passes.AddRange(await PassesAsync(ids, cancellationToken));
        }

        var byNode = passes.ToLookup(pass => pass.NodeId);
        var arrows = definition.Nodes.Values.SelectMany(node => node.Connections).ToLookup(arrow => arrow.Source.Id);
        var nodes = definition.Nodes.Values.DistinctBy(node => node.Id).ToDictionary(node => node.Id);
        return [.. Drawing.Of(definition).Charts.SelectMany(chart => chart.Steps).Select(step => HeatOf(
            step,
            [.. byNode[nodes[step.Id].NodeId]],
            [.. arrows[step.Id].Where(arrow => arrow.Target.Activity is RequestSupplement).Select(arrow => arrow.Port)]))];
    }

    /// <summary>Of a part of the province its supervisor sees the dossiers that are decided there.</summary>
    private IQueryable<InstanceRow> InSight(IQueryable<InstanceRow> instances)
    {
        var places = person.Rights.Where(right => DefinitionRoutes.Readers.Contains(right.Role)).Select(right => right.OfficeId).Distinct().ToList();
        if (places.Contains(offices.Root.Id))
        {
            return instances;
        }

        var within = offices.All.Select(office => office.Id).Where(id => places.Exists(place => offices.IsWithin(id, place))).ToList();
        return instances.Where(one => db.Dossiers.Any(dossier => dossier.Id == one.DossierId && within.Contains(dossier.CompetentOfficeId)));
    }

    private async Task<IEnumerable<StepPass>> PassesAsync(string[] ids, CancellationToken cancellationToken)
    {
        var runs = await db.Journal.AsNoTracking().Where(run => ids.Contains(run.InstanceId)).OrderBy(run => run.InstanceId).ThenBy(run => run.FirstSequence)
            .Select(run => new { run.InstanceId, run.Steps }).ToListAsync(cancellationToken);
        var tasks = (await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.InstanceId))
            .Select(task => new StepTask(task.InstanceId, task.Title, task.OfficeId, task.CreatedAt, task.DueAt, task.CompletedAt)).ToListAsync(cancellationToken))
            .ToLookup(task => task.InstanceId);
        var competent = await db.Instances.Where(one => ids.Contains(one.Id)).Join(db.Dossiers, one => one.DossierId, dossier => dossier.Id, (one, dossier) => new { one.Id, dossier.CompetentOfficeId })
            .ToDictionaryAsync(one => one.Id, one => one.CompetentOfficeId, cancellationToken);
        return runs.GroupBy(run => run.InstanceId).SelectMany(instance =>
            StepPass.Read(instance.Select(run => run.Steps), [.. tasks[instance.Key]], competent.GetValueOrDefault(instance.Key) ?? offices.Root.Id));
    }

    private StepHeat HeatOf(DrawnStep step, IReadOnlyList<StepPass> passes, HashSet<string> asking)
    {
        var now = time.GetUtcNow();
        var completed = passes.Where(pass => pass.CompletedAt is not null).ToList();
        var minutes = completed.Select(Minutes).Order().ToList();
        var limited = passes.Where(pass => pass.Tasks.Any(task => task.DueAt is not null)).ToList();
        return new(
            step.Id,
            step.Name,
            step.KindName,
            passes.Count,
            completed.Count,
            passes.Count - completed.Count,
            Rank(minutes, 50),
            Rank(minutes, 90),
            asking.Count == 0 || completed.Count == 0 ? null : (double)completed.Count(pass => (pass.Outcomes ?? [ActivityDescriptor.DefaultOutcome]).Any(asking.Contains)) / completed.Count,
            limited.Count,
            limited.Count == 0 ? null : (double)limited.Count(pass => pass.Tasks.Any(task => task.DueAt < (task.CompletedAt ?? now))) / limited.Count);
    }

    /// <summary>Working time of the office that had the step, by its calendar of the day the step began.</summary>
    private int Minutes(StepPass pass)
    {
        var office = offices.TryFind(pass.OfficeId) is null ? offices.Root.Id : pass.OfficeId;
        var calendar = calendars.For(office, VietnamTime.DateOf(pass.StartedAt));
        return (int)(calendar.WorkingTimeBetween(pass.StartedAt, pass.CompletedAt!.Value).Ticks / TimeSpan.TicksPerMinute);
    }

    /// <summary>The value at a percentage of an ordered list, by nearest rank.</summary>
    private static int? Rank(List<int> ordered, int percent) => ordered.Count == 0 ? null : ordered[((ordered.Count * percent) + 99) / 100 - 1];
}
