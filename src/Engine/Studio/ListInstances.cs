using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Studio;

/// <summary>The list of instances with Studio's filter (Elsa contract A.4).</summary>
internal static class ListInstances
{
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/workflow-instances", async (JsonObject filter, EngineDb db, CancellationToken cancellationToken) =>
    {
        var rows = Filtered(db, filter);
        var size = Math.Clamp((int?)filter["pageSize"] ?? 10, 1, LargestPage);
        var total = await rows.CountAsync(cancellationToken);
        var page = await Ordered(rows, filter).Skip(Math.Max((int?)filter["page"] ?? 0, 0) * size).Take(size).ToListAsync(cancellationToken);
        var versions = await VersionsAsync(db, page, cancellationToken);
        return new StudioPage<JsonObject>([.. page.Select(row => Summary(row, versions.GetValueOrDefault(row.DefinitionVersionId)))], total);
    });

    /// <summary>An instance without its state.</summary>
    public static JsonObject Summary(InstanceRow row, int version) => new()
    {
        ["id"] = row.Id,
        ["definitionId"] = row.DefinitionId,
        ["definitionVersionId"] = row.DefinitionVersionId,
        ["version"] = version,
        ["parentWorkflowInstanceId"] = row.ParentInstanceId,
        ["status"] = row.Status.ToString(),
        ["subStatus"] = row.SubStatus.ToString(),
        ["correlationId"] = row.CorrelationId,
        ["name"] = row.Name,
        ["incidentCount"] = row.IncidentCount,
        ["isSystem"] = false,
        ["createdAt"] = row.CreatedAt,
        ["updatedAt"] = row.UpdatedAt,
        ["finishedAt"] = row.FinishedAt,
    };

    public static async Task<Dictionary<string, int>> VersionsAsync(EngineDb db, IReadOnlyCollection<InstanceRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.DefinitionVersionId).Distinct().ToList();
        return await db.Definitions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Version, cancellationToken);
    }

    private static IQueryable<InstanceRow> Filtered(EngineDb db, JsonObject filter)
    {
        var rows = db.Instances.AsNoTracking();
        var definitions = Texts(filter, "definitionIds", "definitionId");
        var statuses = Enums<InstanceStatus>(filter, "statuses", "status");
        var subStatuses = Enums<InstanceSubStatus>(filter, "subStatuses", "subStatus");
        rows = definitions.Count > 0 ? rows.Where(row => definitions.Contains(row.DefinitionId)) : rows;
        rows = statuses.Count > 0 ? rows.Where(row => statuses.Contains(row.Status)) : rows;
        rows = subStatuses.Count > 0 ? rows.Where(row => subStatuses.Contains(row.SubStatus)) : rows;
        if (filter["correlationId"]?.ToString() is { Length: > 0 } correlation)
        {
            rows = rows.Where(row => row.CorrelationId == correlation);
        }

        if (filter["version"]?.GetValue<int>() is { } version)
        {
            rows = rows.Where(row => db.Definitions.Any(definition => definition.Id == row.DefinitionVersionId && definition.Version == version));
        }

        if (filter["hasIncidents"]?.GetValue<bool>() is { } hasIncidents)
        {
            rows = rows.Where(row => row.IncidentCount > 0 == hasIncidents);
        }

        // Ids and dossier codes are found whole: a part of a name would read every instance ever run.
        if (filter["searchTerm"]?.ToString().Trim() is { Length: > 0 } search)
        {
            rows = rows.Where(row => row.Id == search || row.CorrelationId == search || row.DefinitionId == search);
        }

        return (filter["timestampFilters"] as JsonArray ?? []).OfType<JsonObject>().Aggregate(rows, Timed);
    }

    private static IQueryable<InstanceRow> Timed(IQueryable<InstanceRow> rows, JsonObject filter)
    {
        if (!DateTimeOffset.TryParse(filter["timestamp"]?.ToString(), out var at))
        {
            return rows;
        }

        Expression<Func<InstanceRow, DateTimeOffset?>> column = filter["column"]?.ToString() switch
        {
            "UpdatedAt" => row => row.UpdatedAt,
            "FinishedAt" => row => row.FinishedAt,
            _ => row => row.CreatedAt,
        };
        var value = Expression.Constant(at, typeof(DateTimeOffset?));
        var comparison = filter["operator"]?.ToString() switch
        {
            "Is" => Expression.Equal(column.Body, value),
            "IsNot" => Expression.NotEqual(column.Body, value),
            "GreaterThan" => Expression.GreaterThan(column.Body, value),
            "LessThan" => Expression.LessThan(column.Body, value),
            "LessThanOrEqual" => Expression.LessThanOrEqual(column.Body, value),
            _ => Expression.GreaterThanOrEqual(column.Body, value),
        };
        return rows.Where(Expression.Lambda<Func<InstanceRow, bool>>(comparison, column.Parameters));
    }

    private static IQueryable<InstanceRow> Ordered(IQueryable<InstanceRow> rows, JsonObject filter)
    {
        var ascending = filter["orderDirection"]?.ToString() == "Ascending";
        var ordered = filter["orderBy"]?.ToString() switch
        {
            "LastExecuted" or "UpdatedAt" => ascending ? rows.OrderBy(row => row.UpdatedAt) : rows.OrderByDescending(row => row.UpdatedAt),
            "Finished" => ascending ? rows.OrderBy(row => row.FinishedAt) : rows.OrderByDescending(row => row.FinishedAt),
            "Name" => ascending ? rows.OrderBy(row => row.Name) : rows.OrderByDescending(row => row.Name),
            _ => ascending ? rows.OrderBy(row => row.CreatedAt) : rows.OrderByDescending(row => row.CreatedAt),
        };
        return ascending ? ordered.ThenBy(row => row.Id) : ordered.ThenByDescending(row => row.Id);
    }

    private static List<string> Texts(JsonObject filter, string many, string one)
    {
        var texts = (filter[many] as JsonArray ?? []).Select(text => text!.ToString()).ToList();
        if (filter[one]?.ToString() is { Length: > 0 } single)
        {
            texts.Add(single);
        }

        return texts;
    }

    private static List<T> Enums<T>(JsonObject filter, string many, string one)
        where T : struct, Enum => [.. Texts(filter, many, one).Where(text => Enum.TryParse<T>(text, out _)).Select(Enum.Parse<T>)];
}
