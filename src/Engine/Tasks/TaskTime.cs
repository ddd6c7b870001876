using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Tasks;

/// <summary>How a step stands against its own limit, which is another matter than the dossier's promise.</summary>
/// <param name="RemainingMinutes">Working minutes of the office, negative when late; null without a limit.</param>
public sealed record TaskTime(int? RemainingMinutes, Band Band, string BandWord)
{
    /// <param name="completedAt">When it was done; null while it is open.</param>
    public static TaskTime Of(DateTimeOffset? dueAt, string? officeId, CalendarDirectory calendars, DateTimeOffset now, DateTimeOffset? completedAt = null)
    {
        var standing = officeId is null
            ? new(Band.NoPromise, null)
            : StepClock.Read(dueAt, calendars.For(officeId, VietnamTime.DateOf(now)), now, completedAt);
        return new(standing.RemainingMinutes, standing.Band, standing.Band.Word());
    }
}
