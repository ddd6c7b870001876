using PublicService.Designer.Drawings;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>One version with who made and published it, when and why, as the engine tells it.</summary>
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
    string? PublishNote)
{
    /// <summary>Where it stands now.</summary>
    public string State => (IsPublished, PublishedAt is not null, IsLatest) switch
    {
        (true, _, _) => "Đang ban hành",
        (_, true, _) => "Đã thay thế hoặc thu hồi",
        (_, _, true) => "Bản nháp",
        _ => "Bản cũ",
    };
}

/// <summary>Versions of one definition, the newest first.</summary>
public sealed record VersionList(IReadOnlyList<VersionSummary> Items);

/// <summary>One version as a picture.</summary>
public sealed record DrawnVersion(VersionSummary Version, Drawing Drawing);
