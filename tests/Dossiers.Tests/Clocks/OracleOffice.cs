using PublicService.Tests.Shared;

namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>
/// An office with the versions its calendar has had: for the product as calendars, for the oracle as tables of minutes, both made from
/// the same plain facts. Each version closes, halves or swaps a few days more than the one before.
/// </summary>
internal sealed class OracleOffice
{
    public const int Days = 900;

    public static readonly DateTime FirstDay = new(2026, 1, 1);

    private static readonly (int From, int To)[][] Shapes =
    [
        [(420, 690), (810, 1020)],
        [(450, 690), (780, 1020)],
        [(480, 960)],
        [(405, 550), (580, 680), (845, 1115)],
    ];

    public OracleOffice(int seed, int versions)
    {
        var random = new Random(seed);
        var usual = Shapes[seed % Shapes.Length];
        (int From, int To)[] saturday = seed % 3 == 0 ? usual[..1] : [];
        Dictionary<DateTime, (SpecialDayKind Kind, (int From, int To)[] Hours)> special = [];
        for (var version = 1; version <= versions; version++)
        {
            for (var more = random.Next(5, 20); more > 0; more--)
            {
                var kind = (SpecialDayKind)random.Next(1, 5);
                var half = Shapes[random.Next(Shapes.Length)][..1];
                special[FirstDay.AddDays(random.Next(Days))] = (kind, kind is SpecialDayKind.HalfDay ? half : kind is SpecialDayKind.SwappedWorkingDay ? usual : []);
            }

            var known = special.ToDictionary();
            Versions.Add((Calendar(seed, version, usual, saturday, known), new MinuteTable(FirstDay, Days, Hours)));

            IEnumerable<(int From, int To)> Hours(DateTime date) => known.TryGetValue(date, out var day) ? day.Hours
                : date.DayOfWeek is DayOfWeek.Sunday ? [] : date.DayOfWeek is DayOfWeek.Saturday ? saturday : usual;
        }
    }

    public List<(WorkCalendar Calendar, MinuteTable Table)> Versions { get; } = [];

    private static WorkCalendar Calendar(
        int seed, int version, (int From, int To)[] usual, (int From, int To)[] saturday, Dictionary<DateTime, (SpecialDayKind Kind, (int From, int To)[] Hours)> special)
    {
        var week = CalendarData.MondayToFriday(Ranges(usual)).ToDictionary();
        week[DayOfWeek.Saturday] = Ranges(saturday);
        return new WorkCalendar(new CalendarData
        {
            Id = $"office-{seed}",
            Version = version,
            ValidFrom = new(2026, 1, 1),
            Week = week,
            SpecialDays =
            [
                .. special.Select(day => new SpecialDay(
                    DateOnly.FromDateTime(day.Key), day.Value.Kind, "special", day.Value.Kind is SpecialDayKind.HalfDay ? Ranges(day.Value.Hours) : null)),
            ],
        });
    }

    private static HourRange[] Ranges((int From, int To)[] hours) =>
        [.. hours.Select(range => HourRange.Parse(FormattableString.Invariant($"{range.From / 60:00}:{range.From % 60:00}-{range.To / 60:00}:{range.To % 60:00}")))];
}
