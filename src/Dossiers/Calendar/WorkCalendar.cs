namespace PublicService.Dossiers;

/// <summary>
/// Working time of an office: immutable, made from one version of <see cref="CalendarData"/>. All arithmetic is on instants;
/// no operation costs more when the span is longer.
/// </summary>
/// <remarks>
/// Two measures that are the same only on full eight-hour days (D1): <see cref="AddWorking"/> counts working <em>time</em>
/// (07:00 + 8 h is 17:00 the same day); <see cref="AddWorkingDays"/> counts working <em>days</em>, as a time limit in the law does
/// (07:00 + 1 day is 07:00 the next working day, and a half day is a day).
/// </remarks>
public sealed partial class WorkCalendar
{
    private static readonly IReadOnlyList<HourRange> Off = [];

    private readonly IReadOnlyList<HourRange>[] week;
    private readonly Dictionary<DateOnly, IReadOnlyList<HourRange>> special;
    private readonly DayTally time;
    private readonly DayTally days;

    /// <exception cref="ArgumentException">Ranges overlap, a date is named twice, a half day has no hours, or there is no working time at all.</exception>
    public WorkCalendar(CalendarData data)
    {
        Data = data;
        week = [.. Enum.GetValues<DayOfWeek>().Select(day => InOrder(data.Week.GetValueOrDefault(day, Off), day.ToString()))];
        if (week.All(hours => hours.Count == 0))
        {
            throw new ArgumentException($"Calendar {data.Id} has no working hours in the week.", nameof(data));
        }

        var twice = data.SpecialDays.Where(day => day.InForce).GroupBy(day => day.Date).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"Calendar {data.Id} names {twice.Key:yyyy-MM-dd} twice.", nameof(data));
        }

        special = data.SpecialDays.Where(day => day.InForce).ToDictionary(day => day.Date, HoursOf);
        var ordered = special.OrderBy(day => day.Key).ToList();
        time = new(day => Length(week[(int)day]), [.. ordered.Select(day => (day.Key.DayNumber, Length(day.Value)))]);
        days = new(day => Count(week[(int)day]), [.. ordered.Select(day => (day.Key.DayNumber, Count(day.Value)))]);
    }

    public CalendarData Data { get; }

    public string Id => Data.Id;

    public int Version => Data.Version;

    public DateOnly ValidFrom => Data.ValidFrom;

    /// <summary>The version that new promises of this date use: the latest in force, and of those the highest number; null when none is.</summary>
    public static WorkCalendar? InForce(IEnumerable<WorkCalendar> versions, DateOnly date) =>
        versions.Where(calendar => calendar.ValidFrom <= date).MaxBy(calendar => (calendar.ValidFrom, calendar.Version));

    /// <summary>Working hours of a local date, in order; empty on a day off.</summary>
    public IReadOnlyList<HourRange> HoursOn(DateOnly date) =>
        special.TryGetValue(date, out var hours) ? hours : week[(int)date.DayOfWeek];

    /// <summary>A day with any working hours at all.</summary>
    public bool IsWorkingDay(DateOnly date) => HoursOn(date).Count > 0;

    /// <summary>Inside working hours; the closing minute is outside.</summary>
    public bool IsWorking(DateTimeOffset instant) => NextOpening(instant) == instant;

    /// <summary>The instant itself inside working hours, otherwise the next opening: before hours, at lunch, after hours, on a day off (D3).</summary>
    public DateTimeOffset NextOpening(DateTimeOffset instant)
    {
        var (date, clock) = Split(instant);
        foreach (var range in HoursOn(date))
        {
            if (clock < range.To)
            {
                return clock >= range.From ? instant.ToUniversalTime() : VietnamTime.At(date, range.From);
            }
        }

        var next = WorkingDayAfter(date);
        return VietnamTime.At(next, HoursOn(next)[0].From);
    }

    /// <summary>Working time from <paramref name="from"/> to <paramref name="to"/>; negative when they are the other way round.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to) => new(Worked(to) - Worked(from));

    /// <summary>
    /// The first instant by which <paramref name="span"/> of working time has passed since <paramref name="from"/>: a span that ends with the day ends
    /// at its closing, not at the next opening. A span of zero gives <see cref="NextOpening"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative.</exception>
    public DateTimeOffset AddWorking(DateTimeOffset from, TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        if (span == TimeSpan.Zero)
        {
            return NextOpening(from);
        }

        return Reaching(Worked(from) + span.Ticks, from);
    }

    /// <summary>The first instant at which no more than <paramref name="span"/> of working time is left until <paramref name="due"/>.</summary>
    public DateTimeOffset WorkingBefore(DateTimeOffset due, TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        return Reaching(Worked(due) - span.Ticks, due);
    }

    /// <summary>The first instant by which so much working time has passed since the year 1, looked for near an instant.</summary>
    private DateTimeOffset Reaching(long total, DateTimeOffset near)
    {
        var day = time.DayReaching(total, Split(near).Date.DayNumber);
        var date = DateOnly.FromDayNumber(day);
        var left = total - time.Before(day);
        foreach (var range in HoursOn(date))
        {
            var length = (range.To - range.From).Ticks;
            if (left <= length)
            {
                return VietnamTime.At(date, range.From.Add(new TimeSpan(left)));
            }

            left -= length;
        }

        throw new ArgumentOutOfRangeException(nameof(total), "The span ends after the year 9999.");
    }

    /// <summary>
    /// The same clock time <paramref name="count"/> working days later, kept inside that day's hours. Counted forward it starts at the next opening (D3);
    /// counted back (negative) it starts at the instant's own date.
    /// </summary>
    public DateTimeOffset AddWorkingDays(DateTimeOffset from, int count)
    {
        var start = count < 0 ? from : NextOpening(from);
        var (date, clock) = Split(start);
        if (count == 0)
        {
            return start;
        }

        var day = days.DayReaching(days.Before(date.DayNumber) + count + 1, date.DayNumber);
        return Within(DateOnly.FromDayNumber(day), clock);
    }

    private long Worked(DateTimeOffset instant)
    {
        var (date, clock) = Split(instant);
        var sum = time.Before(date.DayNumber);
        foreach (var range in HoursOn(date))
        {
            if (clock > range.From)
            {
                sum += ((clock < range.To ? clock : range.To) - range.From).Ticks;
            }
        }

        return sum;
    }

    private DateOnly WorkingDayAfter(DateOnly date) =>
        DateOnly.FromDayNumber(days.DayReaching(days.Before(date.DayNumber + 1) + 1, date.DayNumber));

    // The clock time on a working day: at lunch the afternoon's opening, after hours the closing.
    private DateTimeOffset Within(DateOnly date, TimeOnly clock)
    {
        var hours = HoursOn(date);
        foreach (var range in hours)
        {
            if (clock <= range.To)
            {
                return VietnamTime.At(date, clock >= range.From ? clock : range.From);
            }
        }

        return VietnamTime.At(date, hours[^1].To);
    }

    private IReadOnlyList<HourRange> HoursOf(SpecialDay day) => day.Kind switch
    {
        SpecialDayKind.Holiday => Off,
        SpecialDayKind.Closing => InOrder(day.Hours ?? Off, day.Name),
        SpecialDayKind.SwappedWorkingDay => InOrder(day.Hours ?? week[(int)DayOfWeek.Monday], day.Name),
        SpecialDayKind.HalfDay => InOrder(day.Hours ?? throw new ArgumentException($"{day.Name} has no hours."), day.Name),
    };

    private static IReadOnlyList<HourRange> InOrder(IReadOnlyList<HourRange> hours, string day)
    {
        for (var i = 1; i < hours.Count; i++)
        {
            if (hours[i].From < hours[i - 1].To)
            {
                throw new ArgumentException($"Working hours of {day} overlap or are out of order.");
            }
        }

        return hours;
    }

    private static (DateOnly Date, TimeOnly Clock) Split(DateTimeOffset instant)
    {
        var local = VietnamTime.Local(instant).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    private static long Length(IReadOnlyList<HourRange> hours) => hours.Sum(range => (range.To - range.From).Ticks);

    private static long Count(IReadOnlyList<HourRange> hours) => hours.Count > 0 ? 1 : 0;
}
