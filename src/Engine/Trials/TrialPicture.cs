using System.Text.Json.Nodes;
using PublicService.Dossiers;

namespace PublicService.Engine.Trials;

/// <summary>Everything there is to see of a trial after its last move.</summary>
/// <param name="Now">The trial's clock.</param>
/// <param name="Waits">What it waits for, with the answers that can be given.</param>
/// <param name="Moves">Further moves: time, withdrawal, sending back.</param>
/// <param name="Steps">What happened, one entry for the submission and one for each move that was made.</param>
/// <param name="Active">Ids of the steps at work.</param>
/// <param name="Done">Ids of the steps that were left.</param>
/// <param name="Accepted">How many of the moves were made; the next one was refused with <paramref name="Problem"/>.</param>
/// <param name="Ended">The workflow has ended.</param>
/// <param name="Warnings">What publication would say of the definition.</param>
public sealed record TrialPicture(
    TrialVersion Version,
    DateTimeOffset Now,
    TrialDossier Dossier,
    TrialClock Legal,
    TrialClock Index,
    IReadOnlyList<TrialWaiting> Waits,
    IReadOnlyList<TrialChoice> Moves,
    IReadOnlyList<TrialStep> Steps,
    IReadOnlyList<string> Active,
    IReadOnlyList<string> Done,
    int Accepted,
    TrialProblem? Problem,
    bool Ended,
    IReadOnlyList<string> Warnings);

/// <summary>The version that was tried.</summary>
public sealed record TrialVersion(string Id, string DefinitionId, int Version, string Name, bool IsPublished);

/// <summary>The dossier of a trial.</summary>
/// <param name="Code">Looks like a real one and is taken out of no row of numbers.</param>
/// <param name="AmountDue">VND.</param>
public sealed record TrialDossier(
    string Code,
    string ProcedureCode,
    string Title,
    BusinessStatus Status,
    string StatusWord,
    string FinancialWord,
    string DeliveryWord,
    long AmountDue,
    string ReceivingOfficeName,
    string CompetentOfficeName,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? FinishedAt,
    string? ResultNumber,
    string LimitWord);

/// <summary>A clock of the dossier with its pauses.</summary>
/// <param name="RemainingMinutes">Working minutes; negative when late.</param>
public sealed record TrialClock(
    DateTimeOffset? StartedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    int UsedMinutes,
    int PausedMinutes,
    int? RemainingMinutes,
    bool IsPaused,
    string BandWord,
    bool IsLate,
    IReadOnlyList<TrialSegment> Segments)
{
    public static TrialClock Of(ClockReading reading) => new(
        reading.StartedAt, reading.DueAt, reading.EndedAt, reading.UsedMinutes, reading.PausedMinutes, reading.RemainingMinutes, reading.IsPaused,
        reading.Band.Word(), reading.Band.IsLate(),
        [.. reading.Segments.Select(one => new TrialSegment(one.From, one.To, one.Kind, one.Because.Word(), one.Reason, one.Article, one.WorkingMinutes))]);
}

/// <summary>A stretch of a clock.</summary>
public sealed record TrialSegment(DateTimeOffset From, DateTimeOffset To, SegmentKind Kind, string Because, string? Reason, string? Article, int WorkingMinutes);

/// <summary>What a wait is for.</summary>
public enum TrialWaitKind
{
    Task = 1,
    Citizen = 2,
    Payment = 3,
    System = 4,
    Population = 5,
    LinkedDossier = 6,
    Wallet = 7,
    Event = 8,
    Timer = 9,
    Other = 10,
}

/// <summary>A place where the trial waits.</summary>
/// <param name="Step">Id of the step.</param>
/// <param name="DueAt">Limit of a task; the instant of a timer.</param>
/// <param name="Form">JSON Schema of what must be filled in.</param>
/// <param name="Sample">Data that fit the form.</param>
/// <param name="Asked">What was asked of a system, a gateway or the citizen.</param>
/// <param name="Moves">The answers that can be given, with the sample in them.</param>
public sealed record TrialWaiting(
    string Step,
    TrialWaitKind Kind,
    string Title,
    string? Role,
    string? RoleWord,
    string? OfficeId,
    string? OfficeName,
    DateTimeOffset? DueAt,
    JsonNode? Form,
    JsonObject? Sample,
    JsonNode? Asked,
    IReadOnlyList<TrialChoice> Moves);
