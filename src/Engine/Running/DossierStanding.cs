using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>How a dossier stands after a click: what every click answers, made before it is stored.</summary>
/// <param name="StatusCode">The national code of the status, 1 to 10.</param>
/// <param name="Version">What the entity tag of the dossier will be.</param>
/// <param name="Tasks">What waits for somebody now.</param>
public sealed record DossierStanding(
    Guid Id,
    string Code,
    BusinessStatus Status,
    int StatusCode,
    string StatusWord,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    long Version,
    IReadOnlyList<WaitingStep> Tasks)
{
    /// <summary>The dossier of a click; an instance without one has no standing.</summary>
    public static DossierStanding After(Click click)
    {
        var dossier = click.Dossier ?? throw new InvalidOperationException("The click has no dossier.");
        return new(
            dossier.Id,
            dossier.Code,
            dossier.BusinessStatus,
            (int)dossier.BusinessStatus,
            dossier.BusinessStatus.Word(),
            dossier.ReceivedAt,
            dossier.DueAt,
            click.VersionAfter,
            [.. click.OpenTasks.Select(WaitingStep.Of)]);
    }
}

/// <summary>A task as those see it who only want to know whose turn it is.</summary>
public sealed record WaitingStep(string Id, string Title, string? Role, string? RoleWord, string? OfficeId, DateTimeOffset? DueAt)
{
    public static WaitingStep Of(TaskRow task) => new(task.Id, task.Title, task.Role, WordOf(task.Role), task.OfficeId, task.DueAt);

    /// <summary>The Vietnamese name of a role; an analyst may have written one that the house does not know.</summary>
    public static string? WordOf(string? role) =>
        role is not null && PublicService.Dossiers.Role.All.Contains(role) ? PublicService.Dossiers.Role.Word(role) : role;
}
