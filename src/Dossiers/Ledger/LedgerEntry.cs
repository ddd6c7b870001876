namespace PublicService.Dossiers;

/// <summary>
/// One line of the dossier's ledger: append only, never edited. Forms 06 and 07 and both clocks are computed from these lines.
/// </summary>
/// <param name="Sequence">From 1, without gaps, per dossier.</param>
/// <param name="At">UTC; never earlier than the line before.</param>
/// <param name="OnBehalfOf">The person substituted for, when there was a substitution.</param>
/// <param name="Article">The law behind a start, pause, resume, extension or end of the clock.</param>
/// <param name="StatusAfter">Business status after the act.</param>
/// <param name="DueAfter">Promised date after the act; a later change of the calendar does not touch it. Null without appointment.</param>
/// <param name="Data">JSON text with what belongs to the act, for example the papers asked for.</param>
public sealed record LedgerEntry(
    Guid DossierId,
    int Sequence,
    DateTimeOffset At,
    string ActorId,
    string ActorName,
    string? OnBehalfOf,
    string OfficeId,
    LedgerAct Act,
    string? Reason,
    string? Article,
    BusinessStatus StatusAfter,
    DateTimeOffset? DueAfter,
    string? Data);
