namespace PublicService.Dossiers.Tests;

/// <summary>One office invented from a seed: its calendar for the product and the same facts as a plain table for the oracle.</summary>
internal sealed class RandomWorld
{
    private static readonly string[][] Shapes =
    [
        ["07:00-11:30", "13:30-17:00"],
        ["07:30-11:30", "13:00-17:00"],
        ["08:00-16:00"],
        ["06:45-09:10", "09:40-11:20", "14:05-18:35"],
    ];

    private static readonly DateTime FirstDay = new(2026, 1, 1);

    private readonly Random random;

    public RandomWorld(int seed)
    {
        random = new Random(seed);
        var usual = Shapes[random.Next(Shapes.Length)];
        var saturday = random.Next(4) == 0 ? usual[..1] : [];
        var special = Enumerable.Range(0, random.Next(0, 40))
            .Select(_ => FirstDay.AddDays(random.Next(0, 500)))
            .Distinct()
            .ToDictionary(date => date, _ => (Kind: (SpecialDayKind)random.Next(1, 5), Hours: Shapes[random.Next(Shapes.Length)][..1]));

        var week = CalendarData.MondayToFriday([.. usual.Select(HourRange.Parse)]).ToDictionary();
        week[DayOfWeek.Saturday] = [.. saturday.Select(HourRange.Parse)];
        Calendar = new WorkCalendar(new CalendarData
        {
            Id = $"seed-{seed}",
            Version = 1,
            ValidFrom = new(2026, 1, 1),
            Week = week,
            SpecialDays =
            [
                .. special.Select(day => new SpecialDay(
                    DateOnly.FromDateTime(day.Key),
                    day.Value.Kind,
                    "special",
                    day.Value.Kind is SpecialDayKind.HalfDay ? [.. day.Value.Hours.Select(HourRange.Parse)] : null)),
            ],
        });
        Oracle = new MinuteOracle(date => Minutes(HoursOf(date)));

        string[] HoursOf(DateTime date)
        {
            if (special.TryGetValue(date, out var day))
            {
                return day.Kind switch
                {
                    SpecialDayKind.HalfDay => day.Hours,
                    SpecialDayKind.SwappedWorkingDay => usual,
                    _ => [],
                };
            }

            return date.DayOfWeek switch
            {
                DayOfWeek.Sunday => [],
                DayOfWeek.Saturday => saturday,
                _ => usual,
            };
        }
    }

    public WorkCalendar Calendar { get; }

    public MinuteOracle Oracle { get; }

    public static DateTimeOffset Instant(DateTime wall) => new DateTimeOffset(wall, TimeSpan.FromHours(7)).ToUniversalTime();

    public static DateTime Wall(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(7)).DateTime;

    public int Number(int below) => random.Next(below);

    /// <summary>Any minute of 2026, at night and on holidays too; often exactly at an opening or a closing.</summary>
    public DateTime AnyWall()
    {
        var date = FirstDay.AddDays(random.Next(365));
        int[] edges = [0, 420, 690, 810, 900, 901, 1020];
        return date.AddMinutes(random.Next(3) == 0 ? edges[random.Next(edges.Length)] : random.Next(1440));
    }

    public TimeLimit AnyLimit() => random.Next(6) switch
    {
        0 => TimeLimit.WorkingDays(random.Next(1, 25)),
        1 => TimeLimit.CalendarDays(random.Next(1, 40)),
        2 => TimeLimit.WorkingHours(random.Next(1, 100)),
        3 => TimeLimit.Months(random.Next(1, 3)),
        4 => TimeLimit.SameDay(random.Next(2) == 0 ? null : new TimeOnly(10, 0)),
        _ => TimeLimit.WorkingDays(1),
    };

    private static (int From, int To)[] Minutes(string[] ranges) =>
        [.. ranges.Select(range => (Minute(range[..5]), Minute(range[6..])))];

    private static int Minute(string clock) => (int)TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture).TotalMinutes;
}
