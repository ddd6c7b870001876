namespace PublicService.Engine.Trials;

/// <summary>What one trial may use.</summary>
internal sealed record TrialLimits
{
    public static TrialLimits Default { get; } = new();

    /// <summary>Moves in one request.</summary>
    public int Moves { get; init; } = 500;

    /// <summary>Clicks, those of timers included.</summary>
    public int Clicks { get; init; } = 2000;

    /// <summary>Real time of one request; scripts of an endless definition are stopped as well.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);
}
