namespace PublicService.Dossiers.Tests;

/// <summary>
/// The slow truth: a wall clock that ticks minute by minute over a plain table of open minutes. It shares no arithmetic with the product.
/// Times are local wall times without offset.
/// </summary>
internal sealed class MinuteOracle(Func<DateTime, IReadOnlyList<(int From, int To)>> hours)
{
    private readonly Dictionary<DateTime, bool[]> open = [];

    public bool IsOpen(DateTime wall)
    {
        if (!open.TryGetValue(wall.Date, out var minutes))
        {
            minutes = new bool[24 * 60];
            foreach (var (from, to) in hours(wall.Date))
            {
                for (var minute = from; minute < to; minute++)
                {
                    minutes[minute] = true;
                }
            }

            open[wall.Date] = minutes;
        }

        return minutes[(wall.Hour * 60) + wall.Minute];
    }

    public bool IsDay(DateTime date) => hours(date.Date).Count > 0;

    public DateTime Next(DateTime wall)
    {
        while (!IsOpen(wall))
        {
            wall = wall.AddMinutes(1);
        }

        return wall;
    }

    public int Between(DateTime from, DateTime to)
    {
        var count = 0;
        for (var wall = from; wall < to; wall = wall.AddMinutes(1))
        {
            count += IsOpen(wall) ? 1 : 0;
        }

        return count;
    }

    public DateTime Add(DateTime from, int minutes)
    {
        var wall = from;
        if (minutes == 0)
        {
            return Next(wall);
        }

        while (minutes > 0)
        {
            minutes -= IsOpen(wall) ? 1 : 0;
            wall = wall.AddMinutes(1);
        }

        return wall;
    }

    /// <summary>Every lost minute pushes the promise one open minute on; one that stood inside hours stays inside hours.</summary>
    public DateTime Postpone(DateTime due, int lost)
    {
        var moved = lost == 0 ? due : Add(due, lost);
        return lost > 0 && IsOpen(due) ? Next(moved) : moved;
    }

    /// <summary>Counts days one at a time and then looks for the wall time on the day found.</summary>
    public DateTime? Promise(DateTime received, TimeLimit limit)
    {
        var start = Next(received);
        var date = start.Date;
        switch (limit.Unit)
        {
            case LimitUnit.WorkingHour:
                return Add(start, limit.Value * 60);
            case LimitUnit.WorkingDay:
                for (var left = limit.Value; left > 0;)
                {
                    date = date.AddDays(1);
                    left -= IsDay(date) ? 1 : 0;
                }

                return OnDay(date, start.TimeOfDay);
            case LimitUnit.CalendarDay or LimitUnit.Month:
                date = limit.Unit is LimitUnit.Month ? date.AddMonths(limit.Value) : date.AddDays(limit.Value);
                return OnDay(FirstDay(date), start.TimeOfDay);
            case LimitUnit.SameDay:
                var late = start.TimeOfDay > (limit.CutOff ?? new TimeOnly(15, 0)).ToTimeSpan();
                return Closing(late ? FirstDay(date.AddDays(1)) : date);
            default:
                return null;
        }
    }

    private DateTime FirstDay(DateTime date)
    {
        while (!IsDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    private DateTime Closing(DateTime date)
    {
        var wall = date.AddDays(1);
        while (!IsOpen(wall.AddMinutes(-1)))
        {
            wall = wall.AddMinutes(-1);
        }

        return wall;
    }

    private DateTime OnDay(DateTime date, TimeSpan clock)
    {
        var wall = date + clock;
        var closing = Closing(date);
        if (wall >= closing)
        {
            return closing;
        }

        return IsOpen(wall) || (wall > date && IsOpen(wall.AddMinutes(-1))) ? wall : Next(wall);
    }
}
