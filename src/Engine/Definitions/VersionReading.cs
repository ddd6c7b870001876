using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Definitions;

/// <summary>One version with who made and published it, when and why.</summary>
/// <param name="Version">Number within the definition.</param>
/// <param name="Note">Why it was made.</param>
public sealed record VersionSummary(
    string VersionId,
    string DefinitionId,
    int Version,
    string Name,
    bool IsLatest,
    bool IsPublished,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    string? Note,
    DateTimeOffset? UpdatedAt,
    string? UpdatedBy,
    DateTimeOffset? PublishedAt,
    string? PublishedBy,
    string? PublishNote);

/// <summary>Finds and reads versions for the slices of this folder.</summary>
public sealed class VersionReading(EngineDb db, DefinitionCache cache)
{
    internal sealed record Version(DefinitionRow Row, WorkflowDefinition Definition);

    /// <param name="version">A number, <c>published</c>, <c>latest</c>; null is the published version, or the latest when none is.</param>
    /// <exception cref="ProblemException">404 when there is no such version.</exception>
    internal async Task<Version> FindAsync(string definitionId, string? version, CancellationToken cancellationToken)
    {
        var rows = db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId);
        rows = version switch
        {
            null or "" => rows.Where(row => row.IsPublished || row.IsLatest).OrderByDescending(row => row.IsPublished),
            "latest" => rows.Where(row => row.IsLatest),
            "published" => rows.Where(row => row.IsPublished),
            _ => int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? rows.Where(row => row.Version == number)
                : throw Problems.InvalidInput("version", "Ghi số phiên bản, “published” hoặc “latest”."),
        };
        var row = await rows.FindOrRefuseAsync("Phiên bản quy trình", cancellationToken);
        return new(row, DefinitionReader.Read(row.Json, cache.Catalog));
    }

    internal async Task<IReadOnlyList<VersionSummary>> SummariesAsync(IReadOnlyCollection<DefinitionRow> rows, CancellationToken cancellationToken)
    {
        var authors = rows.SelectMany(row => new[] { row.CreatedBy, row.UpdatedBy, row.PublishedBy }).OfType<string>().Distinct().ToList();
        var people = await db.Set<Person>().AsNoTracking().Where(person => authors.Contains(person.Id) || authors.Contains(person.UserName!))
            .Select(person => new { person.Id, person.UserName, person.FullName }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new VersionSummary(
            row.Id,
            row.DefinitionId,
            row.Version,
            row.Name ?? row.DefinitionId,
            row.IsLatest,
            row.IsPublished,
            row.CreatedAt,
            NameOf(row.CreatedBy)!,
            row.Note,
            row.UpdatedAt,
            NameOf(row.UpdatedBy),
            row.PublishedAt,
            NameOf(row.PublishedBy),
            row.PublishNote))];

        string? NameOf(string? author) => author is Act.SystemId
            ? "Hệ thống"
            : people.Find(person => person.Id == author || person.UserName == author)?.FullName ?? author;
    }
}
