using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.VersionMoves;

/// <summary>How far an order has come.</summary>
public enum VersionMoveState
{
    /// <summary>On file; changes nothing.</summary>
    Draft = 0,

    /// <summary>Ordered; dossiers go over one by one.</summary>
    Running = 1,
    Done = 2,
}

/// <summary>What becomes of one dossier.</summary>
public enum VersionMoveResult
{
    /// <summary>Goes over as it stands.</summary>
    Unchanged = 1,

    /// <summary>Goes over, and work that waits is asked anew or set differently from the next time on.</summary>
    Changed = 2,

    /// <summary>Stays on its version.</summary>
    Impossible = 3,
}

/// <summary>An order to let running dossiers go on by another version of their workflow.</summary>
public sealed class VersionMoveRow
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>JSON array of version numbers.</summary>
    public required string FromVersions { get; init; }

    public int ToVersion { get; init; }

    /// <summary>Only dossiers of this deciding office; null for all.</summary>
    public string? OfficeId { get; init; }

    /// <summary>Only dossiers that wait at this step; null for all.</summary>
    public string? Step { get; init; }

    /// <summary>Stands in the ledger of every dossier that moves.</summary>
    public required string Reason { get; init; }

    public VersionMoveState State { get; set; }

    /// <summary>Dossiers concerned when it was ordered.</summary>
    public int Total { get; set; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? OrderedBy { get; set; }

    public string? OrderedByName { get; set; }

    public DateTimeOffset? OrderedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why the last attempt stopped; the next one goes on from where it stood.</summary>
    public string? Error { get; set; }

    public long Version { get; set; }

    internal IReadOnlyList<int> From => JsonSerializer.Deserialize<int[]>(FromVersions) ?? [];
}

/// <summary>What became of one dossier; stored in the transaction of its click, so that none is moved or counted twice.</summary>
public sealed class VersionMoveItemRow
{
    public required string MoveId { get; init; }

    public required string InstanceId { get; init; }

    public Guid? DossierId { get; init; }

    public required string Code { get; init; }

    public int FromVersion { get; init; }

    public VersionMoveResult Result { get; init; }

    /// <summary>JSON array of sentences: what is different, or why it could not be moved.</summary>
    public required string Reasons { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class VersionMoveConfiguration : IEntityTypeConfiguration<VersionMoveRow>, IEntityTypeConfiguration<VersionMoveItemRow>
{
    public void Configure(EntityTypeBuilder<VersionMoveRow> builder)
    {
        builder.ToTable("version_moves");
        builder.HasKey(row => row.Id);
        builder.Ignore(row => row.From);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.CreatedAt, "ix_version_moves_running").HasFilter("state = 'Running'");
        builder.HasIndex(row => new { row.DefinitionId, row.CreatedAt });
    }

    public void Configure(EntityTypeBuilder<VersionMoveItemRow> builder)
    {
        builder.ToTable("version_move_items");
        builder.HasKey(row => new { row.MoveId, row.InstanceId });
        builder.HasIndex(row => new { row.MoveId, row.Result, row.InstanceId });
    }
}
