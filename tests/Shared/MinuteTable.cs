using PublicService.Dossiers;

namespace PublicService.Tests.Shared;

/// <summary>
/// Working time as a plain table of minutes, open or closed, with a running count over it: the slow truth made quick enough for many
/// walks. It shares no arithmetic with the product; the rules are those of the deadline study (D1 to D6, D11, D12). Minutes are counted
/// from the first day, on the office wall.
/// </summary>
internal sealed class MinuteTable
{
    private const int Day = 24 * 60;

    private readonly DateTime first;
    private readonly bool[] open;
    private readonly int[] before;

    /// <param name="hours">Open minutes of a date, from (inclusive) to (exclusive), in order.</param>
    public MinuteTable(DateTime first, int days, Func<DateTime, IEnumerable<(int From, int To)>> hours)
    {
        this.first = first;
        open = new bool[days * Day];
        before = new int[open.Length + 1];
        for (var day = 0; day < days; day++)
        {
            foreach (var (from, to) in hours(first.AddDays(day)))
            {
                open.AsSpan((day * Day) + from, to - from).Fill(true);
            }
        }

        for (var minute = 0; minute < open.Length; minute++)
        {
            before[minute + 1] = before[minute] + (open[minute] ? 1 : 0);
        }
    }

    public int Minute(DateTimeOffset instant)
    {
        var passed = instant.ToOffset(TimeSpan.FromHours(7)).DateTime - first;
        return passed.Ticks % TimeSpan.TicksPerMinute == 0 ? (int)passed.TotalMinutes : throw new ArgumentException($"{instant:O} is not a whole minute.");
    }

    public DateTimeOffset Instant(int minute) => new DateTimeOffset(first.AddMinutes(minute), TimeSpan.FromHours(7)).ToUniversalTime();

    public bool IsOpen(int minute) => open[minute];

    /// <summary>Open minutes from one minute to another.</summary>
    public int Between(int from, int to) => before[to] - before[from];

    /// <summary>The minute itself when open, otherwise the next opening (D3).</summary>
    public int Next(int minute) => FirstWith(before[minute] + 1) - 1;

    /// <summary>When that many open minutes have passed.</summary>
    public int Add(int minute, int count) => count == 0 ? Next(minute) : FirstWith(before[minute] + count);

    /// <summary>A promise after so many open minutes were lost: one inside hours stays inside hours.</summary>
    public int Postpone(int due, int lost)
    {
        var moved = lost <= 0 ? due : Add(due, lost);
        return lost > 0 && open[due] ? Next(moved) : moved;
    }

    /// <summary>The same clock time so many working days earlier.</summary>
    public int DaysBefore(int minute, int days)
    {
        var day = minute / Day;
        for (var left = days; left > 0;)
        {
            day--;
            left -= IsDay(day) ? 1 : 0;
        }

        return OnDay(day, minute % Day);
    }

    /// <summary>The promise for a dossier received at a minute; null without appointment (D13).</summary>
    public int? Promise(int received, TimeLimit limit)
    {
        var start = Next(received);
        var (day, clock) = (start / Day, start % Day);
        switch (limit.Unit)
        {
            case LimitUnit.WorkingHour:
                return Add(start, limit.Value * 60);
            case LimitUnit.WorkingDay:
                for (var left = limit.Value; left > 0;)
                {
                    day++;
                    left -= IsDay(day) ? 1 : 0;
                }

                return OnDay(day, clock);
            case LimitUnit.CalendarDay:
                return OnDay(FirstDay(day + limit.Value), clock);
            case LimitUnit.Month:
                return OnDay(FirstDay((int)(first.AddDays(day).AddMonths(limit.Value) - first).TotalDays), clock);
            case LimitUnit.SameDay:
                var cutOff = limit.CutOff ?? new TimeOnly(15, 0);
                return Closing(clock > (cutOff.Hour * 60) + cutOff.Minute ? FirstDay(day + 1) : day);
            default:
                return null;
        }
    }

    private bool IsDay(int day) => before[(day + 1) * Day] > before[day * Day];

    private int FirstDay(int day)
    {
        while (!IsDay(day))
        {
            day++;
        }

        return day;
    }

    private int Closing(int day) => FirstWith(before[(day + 1) * Day]);

    // At lunch the afternoon's opening, before hours the opening, after hours the closing; a closing minute stands.
    private int OnDay(int day, int clock)
    {
        var minute = (day * Day) + clock;
        if (minute >= Closing(day))
        {
            return Closing(day);
        }

        return open[minute] || (clock > 0 && open[minute - 1]) ? minute : Next(minute);
    }

    // The first minute by which so many open minutes have passed since the beginning of the table.
    private int FirstWith(int count)
    {
        if (count > before[^1])
        {
            throw new ArgumentOutOfRangeException(nameof(count), "The table ends before that.");
        }

        var (low, high) = (0, before.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = before[middle] >= count ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
