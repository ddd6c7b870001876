namespace PublicService.Dossiers;

public sealed partial class WorkCalendar
{
    /// <summary>The promised instant for a dossier received at <paramref name="received"/>; null when the procedure has no appointment (D13).</summary>
    /// <remarks>
    /// The clock starts at the next opening (D3). Days and months keep the clock time of the start; a calendar date that is off moves
    /// to the next working day (D6). Same day: the closing of the day the clock starts, or of the next working day after the cut-off (D4).
    /// </remarks>
    public DateTimeOffset? PromiseFor(DateTimeOffset received, TimeLimit limit)
    {
        var start = NextOpening(received);
        var (date, clock) = Split(start);
        return limit.Unit switch
        {
            LimitUnit.None => null,
            LimitUnit.WorkingDay => AddWorkingDays(start, limit.Value),
            LimitUnit.CalendarDay => OnOrAfter(date.AddDays(limit.Value), clock),
            LimitUnit.WorkingHour => AddWorking(start, TimeSpan.FromHours(limit.Value)),
            LimitUnit.Month => OnOrAfter(date.AddMonths(limit.Value), clock),
            LimitUnit.SameDay => ClosingOf(clock > (limit.CutOff ?? Data.CutOff) ? WorkingDayAfter(date) : date),
        };
    }

    /// <summary>
    /// Until when a received dossier must be on its way to the competent office (D5, from memory of NĐ 61/2018, unverified): the same working
    /// day, or early the next one when received after the cut-off. "Early" is not defined there; the first working hour is our choice.
    /// </summary>
    public DateTimeOffset HandOverDue(DateTimeOffset received)
    {
        var (date, clock) = Split(received);
        return IsWorkingDay(date) && clock <= Data.CutOff ? ClosingOf(date) : AddWorking(VietnamTime.At(WorkingDayAfter(date), TimeOnly.MinValue), TimeSpan.FromHours(1));
    }

    /// <summary>
    /// Moves a promise by the working time lost from <paramref name="from"/> to <paramref name="to"/>. Nothing lost leaves it as it is;
    /// a promise inside working hours stays inside (07:00 and one day lost is 07:00, not 17:00 the day before), one at a closing moves to a closing.
    /// </summary>
    public DateTimeOffset Postpone(DateTimeOffset due, DateTimeOffset from, DateTimeOffset to)
    {
        var lost = WorkingTimeBetween(from, to);
        if (lost <= TimeSpan.Zero)
        {
            return due;
        }

        var moved = AddWorking(due, lost);
        return IsWorking(due) ? NextOpening(moved) : moved;
    }

    /// <summary>From when on a dossier promised for <paramref name="due"/> is "sắp đến hạn" (<see cref="CalendarData.DueSoonMinutes"/>).</summary>
    public DateTimeOffset SoonAt(DateTimeOffset due) => WorkingBefore(due, TimeSpan.FromMinutes(Data.DueSoonMinutes));

    /// <summary>Closing of the working day on which the instant falls, or of the next one: what a letter calls "by the end of the day".</summary>
    public DateTimeOffset ClosingAfter(DateTimeOffset instant)
    {
        var (date, _) = Split(instant);
        return IsWorkingDay(date) && ClosingOf(date) >= instant ? ClosingOf(date) : ClosingOf(WorkingDayAfter(date));
    }

    /// <summary>The first working day after a date.</summary>
    public DateOnly NextWorkingDay(DateOnly date) => WorkingDayAfter(date);

    private DateTimeOffset OnOrAfter(DateOnly date, TimeOnly clock) =>
        Within(IsWorkingDay(date) ? date : WorkingDayAfter(date), clock);

    private DateTimeOffset ClosingOf(DateOnly date) => VietnamTime.At(date, HoursOn(date)[^1].To);
}
