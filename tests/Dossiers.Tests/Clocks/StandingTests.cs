namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>What the dossier says of its promise without its ledger, and the instants supervision waits for.</summary>
public sealed class StandingTests
{
    private static readonly WorkCalendar Calendar = new(new CalendarData { Id = "test", Version = 1, ValidFrom = new(2026, 1, 1), Week = CalendarData.StandardWeek });

    [Fact]
    public void The_instant_before_which_more_than_a_span_is_left_is_found_from_anywhere()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var due = At(2026, 3, 2, 0, 0).AddMinutes(random.Next(60 * 24 * 60));
            var span = TimeSpan.FromMinutes(random.Next(1, 5000));

            var before = Calendar.WorkingBefore(due, span);

            Assert.Equal(span, Calendar.WorkingTimeBetween(before, due));
            Assert.True(Calendar.WorkingTimeBetween(before.AddMinutes(-1), due) > span, $"{before} is not the first instant with {span} left until {due}.");
        }
    }

    [Theory]
    [InlineData("2026-03-09 08:00", "2026-03-06 08:00")]
    [InlineData("2026-03-06 17:00", "2026-03-05 17:00")]
    public void A_promise_is_near_one_working_day_before(string due, string soon) => Assert.Equal(Parse(soon), Calendar.SoonAt(Parse(due)));

    [Fact]
    public void A_clock_that_stands_still_makes_nobody_late()
    {
        var dossier = Received(At(2026, 3, 2, 8, 0), TimeLimit.WorkingDays(1));
        var due = dossier.DueAt!.Value;
        dossier.RequestSupplement(["CCCD"], "Thiếu", null, ActAt(due));

        var late = due.AddHours(16);

        Assert.Equal(Band.DueSoon, dossier.StandingAt(late, Calendar).Band);
        Assert.Equal(Band.DueSoon, LegalClock.Read(dossier.Ledger, dossier.Limit, Calendar, late).Band);
    }

    [Fact]
    public void The_dossier_alone_says_the_same_as_the_legal_clock_over_its_ledger()
    {
        var random = new Random(11);
        for (var i = 0; i < 300; i++)
        {
            var now = At(2026, 3, 2, 8, 0).AddMinutes(random.Next(2000));
            var dossier = Received(now, random.Next(3) switch { 0 => TimeLimit.SameDay(), 1 => TimeLimit.WorkingDays(random.Next(1, 6)), _ => TimeLimit.WorkingHours(random.Next(1, 30)) });
            for (var step = random.Next(8); step > 0; step--)
            {
                now = now.AddMinutes(random.Next(1, 900));
                Live(dossier, random.Next(6), now);
                var at = now.AddMinutes(random.Next(900));
                var clock = LegalClock.Read(dossier.Ledger, dossier.Limit, Calendar, at);
                if (dossier.IsOpen || dossier.FinishedAt is not null)
                {
                    Assert.Equal(new PromiseStanding(clock.Band, clock.RemainingMinutes), dossier.StandingAt(at, Calendar));
                    Assert.Equal(dossier.DueAt is { } due ? Calendar.SoonAt(due) : null, dossier.SoonAt);
                }
            }
        }
    }

    [Fact]
    public void A_breach_is_told_once_for_each_promise()
    {
        var dossier = Received(At(2026, 3, 2, 8, 0), TimeLimit.WorkingDays(3));
        var due = dossier.DueAt!.Value;

        Assert.True(dossier.NoteBreach(due, ActAt(due.AddSeconds(1))));
        Assert.False(dossier.NoteBreach(due, ActAt(due.AddSeconds(2))));
        Assert.True(dossier.NoteBreach(due.AddDays(1), ActAt(due.AddDays(2))));

        Assert.Equal(2, dossier.Ledger.Count(line => line.Act is LedgerAct.DeadlineBreached));
    }

    [Theory]
    [InlineData("2026-03-02 08:00", null, Band.InTime, 240)]
    [InlineData("2026-03-02 13:30", null, Band.DueSoon, 30)]
    [InlineData("2026-03-02 14:00", null, Band.DueSoon, 0)]
    [InlineData("2026-03-02 14:01", null, Band.Overdue, -1)]
    [InlineData("2026-03-03 08:00", "2026-03-02 14:00", Band.FinishedOnTime, 0)]
    [InlineData("2026-03-03 08:00", "2026-03-02 14:30", Band.FinishedLate, -30)]
    [InlineData("2026-03-03 08:00", "2026-02-27 14:00", Band.FinishedEarly, 480)]
    public void A_step_has_bands_of_its_own(string now, string? ended, Band band, int minutes) =>
        Assert.Equal(new PromiseStanding(band, minutes), StepClock.Read(Parse("2026-03-02 14:00"), Calendar, Parse(now), ended is null ? null : Parse(ended)));

    private static void Live(Dossier dossier, int what, DateTimeOffset at)
    {
        try
        {
            switch (what)
            {
                case 0:
                    dossier.Begin(ActAt(at));
                    break;
                case 1:
                    dossier.RequestSupplement(["CCCD"], "Thiếu", null, ActAt(at));
                    break;
                case 2:
                    dossier.ProvideSupplement(["CCCD"], Calendar, ActAt(at));
                    break;
                case 3:
                    dossier.PauseFor("Điều 1", "Niêm yết", ActAt(at));
                    break;
                case 4:
                    dossier.Resume(Calendar, ActAt(at));
                    break;
                default:
                    dossier.Finish("1", null, ActAt(at));
                    break;
            }
        }
        catch (RefusedException)
        {
            // Random acts are often not legal; they change nothing.
        }
    }

    private static Dossier Received(DateTimeOffset at, TimeLimit limit)
    {
        var dossier = Dossier.Submit(
            new Submission
            {
                Id = Guid.CreateVersion7(),
                Code = DossierCode.For("H49.23", at, 1),
                ProcedureCode = "1.001193",
                Title = "Thử",
                Channel = Channel.Direct,
                Applicant = new Applicant("Nguyễn Văn An"),
                ReceivingOfficeId = "a",
                CompetentOfficeId = "a",
            },
            ActAt(at));
        dossier.Receive(limit, Calendar, ActAt(at));
        return dossier;
    }

    private static Act ActAt(DateTimeOffset at) => new("lan", "Trần Thị Lan", "a", at);

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute) => VietnamTime.At(new(year, month, day), new(hour, minute));

    private static DateTimeOffset Parse(string text)
    {
        var local = DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return VietnamTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
