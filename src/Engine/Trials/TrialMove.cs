using System.Text.Json.Nodes;

namespace PublicService.Engine.Trials;

/// <summary>What an analyst lets happen in a trial.</summary>
public enum TrialMoveKind
{
    /// <summary>Somebody answers a wait: an officer, the citizen, a gateway, a register, another system, a wallet.</summary>
    Answer = 1,

    /// <summary>Time passes; timers fire on the way, in their order.</summary>
    Wait = 2,

    /// <summary>The citizen takes the dossier back.</summary>
    Withdraw = 3,

    /// <summary>An officer sends the dossier back to an earlier step.</summary>
    Return = 4,
}

/// <summary>
/// One move of a trial. It names the step as the definition does, not by an id of the run, so that the same moves can be played again
/// after the definition was changed.
/// </summary>
/// <param name="Step">Id of the step that is answered, or to which the dossier goes back.</param>
/// <param name="On">What of the step is answered: the kind of its wait, as the choices of the trial name it.</param>
/// <param name="Index">Which one, where a step waits for several of a kind; from 0.</param>
/// <param name="Outcome">What is chosen or reported.</param>
/// <param name="Form">Data that come with the answer.</param>
/// <param name="Note">Reason of the person.</param>
/// <param name="Until">Until when time passes; null: until the next timer.</param>
public sealed record TrialMove(
    TrialMoveKind Kind,
    string? Step = null,
    string? On = null,
    int Index = 0,
    string? Outcome = null,
    JsonObject? Form = null,
    string? Note = null,
    DateTimeOffset? Until = null);

/// <summary>A move that is possible now, ready to be posted back.</summary>
/// <param name="Label">What the button says.</param>
public sealed record TrialChoice(string Label, TrialMove Move);
