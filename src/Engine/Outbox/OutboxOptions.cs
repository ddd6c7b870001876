namespace PublicService.Engine.Outbox;

/// <summary>Section <c>Outbox</c> of the configuration.</summary>
public sealed record OutboxOptions
{
    /// <summary>After so many failures a message waits for a person.</summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>Pause after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A send that takes longer has failed. Also the time after which another node takes over from a dead one, plus half.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal TimeSpan PauseAfter(int attempts)
    {
        var seconds = FirstPause.TotalSeconds * Math.Pow(2, attempts - 1);
        return seconds < LongestPause.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestPause;
    }
}
