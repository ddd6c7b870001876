using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Tasks;

/// <summary>How a step stands against its own limit, which is another matter than the dossier's promise.</summary>
/// <param name="RemainingMinutes">Working minutes of the office, negative when late; null without a limit.</param>
public sealed record TaskTime(int? RemainingMinutes, Band Band, string BandWord)
{
    /// <summary>Steps are a few hours long; with so little left one is "sắp đến hạn" (our choice).</summary>
    private const int SoonMinutes = 60;

    public static TaskTime Of(DateTimeOffset? dueAt, string? officeId, CalendarDirectory calendars, DateTimeOffset now)
    {
        if (dueAt is not { } due || officeId is null)
        {
            return new(null, Band.NoPromise, Band.NoPromise.Word());
        }

        var left = (int)calendars.For(officeId, VietnamTime.DateOf(now)).WorkingTimeBetween(now, due).TotalMinutes;
        var band = now > due ? Band.Overdue : left <= SoonMinutes ? Band.DueSoon : Band.InTime;
        return new(left, band, band.Word());
    }
}
