namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>A version with the number of dossiers that run on it.</summary>
public sealed record RunningVersion(int Version, string? Name, bool IsPublished, bool CanTakeOver, DateTimeOffset? PublishedAt, int Running);

public sealed record MoveAdded(string Id);

public sealed record MoveCounts(int Unchanged, int Changed, int Impossible, int Total);

/// <summary>A dossier in a dry run or in a result.</summary>
public sealed record MoveLine(Guid? DossierId, string Code, int FromVersion, string Result, IReadOnlyList<string> Reasons)
{
    public string ResultWord => Result switch
    {
        "Unchanged" => "Chuyển nguyên trạng",
        "Changed" => "Chuyển, việc đang chờ thay đổi",
        _ => "Giữ phiên bản cũ",
    };
}

public sealed record MoveDry(MoveCounts Counts, IReadOnlyList<MoveLine> Lines);

public sealed record MovePage(IReadOnlyList<MoveLine> Items, string? Next);

/// <summary>An order with its progress.</summary>
public sealed record MoveShown(
    string Id, string DefinitionId, IReadOnlyList<int> From, int To, string Reason, string State, int Total, MoveCounts Counts, DateTimeOffset CreatedAt, string? OrderedByName, DateTimeOffset? OrderedAt,
    DateTimeOffset? FinishedAt, string? Error)
{
    public string StateWord => MoveWords.Of(State);
}

/// <summary>An order in the list.</summary>
public sealed record MoveListed(string Id, IReadOnlyList<int> From, int To, string Reason, string State, int Total, DateTimeOffset CreatedAt, string? OrderedByName, DateTimeOffset? FinishedAt)
{
    public string StateWord => MoveWords.Of(State);
}

internal static class MoveWords
{
    public static string Of(string state) => state switch
    {
        "Draft" => "Chưa thực hiện",
        "Running" => "Đang thực hiện",
        _ => "Đã xong",
    };
}
