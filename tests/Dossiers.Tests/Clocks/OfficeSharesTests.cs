using System.Text.Json;

namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>Received by the centre tt-hong-gai, decided by so-xd; 2026-03-02 is an ordinary Monday.</summary>
public sealed class OfficeSharesTests
{
    private const string Centre = "tt-hong-gai";
    private const string Department = "so-xd";
    private static readonly WorkCalendar Calendar = A.Calendar();

    [Fact]
    public void Each_office_answers_for_the_time_it_had_the_work_and_the_parts_add_up()
    {
        var dossier = Received("2026-03-02 09:00", TimeLimit.WorkingDays(2));
        Created(dossier, "Thẩm định", Role.CaseOfficer, Department, "2026-03-02 09:00", due: "2026-03-02 11:00");
        Completed(dossier, "Thẩm định", Department, "2026-03-02 14:30");
        Created(dossier, "Góp ý", Role.Coordinator, "so-ct", "2026-03-02 14:30", due: "2026-03-03 09:00");
        Completed(dossier, "Góp ý", "so-ct", "2026-03-03 10:00");
        Created(dossier, "Cấp số", Role.Clerk, Department, "2026-03-03 10:00", due: "2026-03-03 11:00");
        Completed(dossier, "Cấp số", Department, "2026-03-03 10:30");
        dossier.Finish("1/GP", null, A.Act("2026-03-03 10:30"));

        var reading = Read(dossier, "2026-03-09 09:00");

        Assert.Equal([(Department, 240, 90), ("so-ct", 330, 60)], reading.Shares.Where(share => share.OfficeId != Centre).Select(share => (share.OfficeId, share.UsedMinutes, share.OverMinutes)));
        Assert.Equal((570, 0), (reading.UsedMinutes, reading.LateMinutes));
        Assert.All(reading.Shares, share => Assert.Equal(0, share.BlamedMinutes));
    }

    [Fact]
    public void Lateness_is_blamed_on_the_office_that_overran_its_step_and_not_on_the_one_that_finished_late_because_of_it()
    {
        var dossier = Received("2026-03-02 07:00", TimeLimit.WorkingDays(1));
        Created(dossier, "Góp ý", Role.Coordinator, "so-ct", "2026-03-02 07:00", due: "2026-03-02 09:00");
        Completed(dossier, "Góp ý", "so-ct", "2026-03-03 09:00");
        Created(dossier, "Cấp số", Role.Clerk, Department, "2026-03-03 09:00", due: "2026-03-03 11:00");
        Completed(dossier, "Cấp số", Department, "2026-03-03 10:00");
        dossier.Finish("1/GP", null, A.Act("2026-03-03 10:00"));

        var reading = Read(dossier, "2026-03-09 09:00");

        Assert.Equal(180, reading.LateMinutes);
        Assert.Equal((180, 120), (ShareOf(reading, "so-ct").BlamedMinutes, ShareOf(reading, "so-ct").LateMinutes));
        Assert.Equal((0, 60), (ShareOf(reading, Department).BlamedMinutes, ShareOf(reading, Department).LateMinutes));
    }

    [Fact]
    public void Without_limits_of_steps_whoever_had_it_after_the_promise_is_blamed()
    {
        var dossier = Received("2026-03-02 07:00", TimeLimit.WorkingDays(1));
        Created(dossier, "Thẩm định", Role.CaseOfficer, Department, "2026-03-02 07:00");

        var reading = Read(dossier, "2026-03-03 09:00");

        Assert.Equal((120, 120), (ShareOf(reading, Department).BlamedMinutes, reading.LateMinutes));
        Assert.True(ShareOf(reading, Department).HasItNow);
    }

    [Fact]
    public void Offices_asked_at_the_same_time_part_it_equally()
    {
        var dossier = Received("2026-03-02 07:00");
        Created(dossier, "Ý kiến", Role.Coordinator, "so-ct", "2026-03-02 07:00");
        Created(dossier, "Ý kiến", Role.Coordinator, "so-nn", "2026-03-02 07:00");
        Completed(dossier, "Ý kiến", "so-nn", "2026-03-02 09:00");
        Completed(dossier, "Ý kiến", "so-ct", "2026-03-02 10:00");
        dossier.Note(LedgerAct.Commented, null, A.Act("2026-03-02 11:00"));

        var reading = Read(dossier, "2026-03-02 11:00");

        Assert.Equal((60, 120, 60), (ShareOf(reading, "so-nn").UsedMinutes, ShareOf(reading, "so-ct").UsedMinutes, ShareOf(reading, Department).UsedMinutes));
    }

    [Fact]
    public void Time_the_law_leaves_out_is_nobodys_use()
    {
        var dossier = Received("2026-03-02 07:00");
        Created(dossier, "Thẩm định", Role.CaseOfficer, Department, "2026-03-02 07:00", due: "2026-03-02 09:00");
        dossier.RequestSupplement(["Bản vẽ"], "Thiếu", null, A.Act("2026-03-02 08:00"));
        dossier.ProvideSupplement(["Bản vẽ"], Calendar, A.Act("2026-03-03 08:00"));

        var share = ShareOf(Read(dossier, "2026-03-03 09:00"), Department);

        Assert.Equal((120, 480, 60), (share.UsedMinutes, share.PausedMinutes, share.OverMinutes));
    }

    [Theory]
    [InlineData("2026-03-02 09:00", "2026-03-02 17:00")]
    [InlineData("2026-03-02 15:00", "2026-03-02 17:00")]
    [InlineData("2026-03-02 15:01", "2026-03-03 08:00")]
    [InlineData("2026-03-06 16:00", "2026-03-09 08:00")]
    [InlineData("2026-03-07 08:00", "2026-03-09 08:00")]
    public void A_dossier_leaves_the_place_of_reception_the_same_day_or_early_the_next(string received, string due)
    {
        var dossier = Received(received);

        var handOver = Read(dossier, received).HandOver!;

        Assert.Equal((Centre, Department, due, false), (handOver.FromOfficeId, handOver.ToOfficeId, A.Wall(handOver.DueAt), handOver.IsLate));
    }

    [Fact]
    public void Papers_that_were_handed_over_late_are_the_time_of_the_place_of_reception()
    {
        var dossier = Received("2026-03-02 09:00");
        Created(dossier, "Thẩm định", Role.CaseOfficer, Department, "2026-03-02 09:00");
        dossier.Note(LedgerAct.HandedOver, null, A.Act("2026-03-03 09:00"));

        var reading = Read(dossier, "2026-03-03 10:00");

        Assert.Equal((480, 60), (ShareOf(reading, Centre).UsedMinutes, ShareOf(reading, Department).UsedMinutes));
        Assert.Equal((true, "2026-03-03 09:00"), (reading.HandOver!.IsLate, A.Wall(reading.HandOver.DoneAt)));
    }

    [Fact]
    public void Until_the_other_side_confirms_the_arrival_or_the_hand_over_is_on_record_it_is_the_senders_time()
    {
        var confirmed = Received("2026-03-02 09:00");
        Created(confirmed, "Nhận hồ sơ", Role.Receptionist, Department, "2026-03-02 09:00");
        Completed(confirmed, "Nhận hồ sơ", Department, "2026-03-02 11:00");
        var recorded = Received("2026-03-02 09:00");
        Created(recorded, "Nhận hồ sơ", Role.Receptionist, Department, "2026-03-02 09:00");
        recorded.Note(LedgerAct.HandedOver, null, A.Act("2026-03-02 10:00"));

        Assert.Equal(("2026-03-02 11:00", 120), (A.Wall(Read(confirmed, "2026-03-02 14:00").HandOver!.DoneAt), ShareOf(Read(confirmed, "2026-03-02 14:00"), Centre).UsedMinutes));
        Assert.Equal((60, 60), (ShareOf(Read(recorded, "2026-03-02 11:00"), Centre).UsedMinutes, ShareOf(Read(recorded, "2026-03-02 11:00"), Department).UsedMinutes));
    }

    [Fact]
    public void After_a_reorganisation_the_new_office_answers_for_the_time_from_then_on()
    {
        var dossier = Received("2026-03-02 07:00");
        Created(dossier, "Thẩm định", Role.CaseOfficer, Department, "2026-03-02 07:00", due: "2026-03-02 08:00");
        dossier.Reorganise(
            id => id == Department ? "so-moi" : null, id => id.ToUpperInvariant(), [new("Thẩm định", Department, "so-moi")], ("p1", "Phương án"), A.Act("2026-03-02 09:00"));

        var reading = Read(dossier, "2026-03-02 10:00");

        Assert.Equal((120, 60), (ShareOf(reading, Department).UsedMinutes, ShareOf(reading, Department).OverMinutes));
        Assert.Equal((60, 60, true), (ShareOf(reading, "so-moi").UsedMinutes, ShareOf(reading, "so-moi").OverMinutes, ShareOf(reading, "so-moi").HasItNow));
    }

    [Fact]
    public void A_forwarded_dossier_is_each_office_s_while_it_was_there()
    {
        var dossier = Received("2026-03-02 07:00");
        dossier.Forward("so-nn", A.Act("2026-03-02 09:00"));

        var reading = Read(dossier, "2026-03-02 10:00");

        Assert.Equal((120, 60), (ShareOf(reading, Department).UsedMinutes, ShareOf(reading, "so-nn").UsedMinutes));
        Assert.Equal(Department, reading.HandOver!.ToOfficeId);
    }

    [Fact]
    public void An_office_that_hands_out_what_it_decided_has_no_hand_over()
    {
        var dossier = Dossier.Submit(A.Submission() with { ReceivingOfficeId = Department }, A.Act("2026-03-02 07:00"));
        dossier.Receive(TimeLimit.WorkingDays(1), Calendar, A.Act("2026-03-02 07:00"));

        Assert.Null(Read(dossier, "2026-03-02 10:00").HandOver);
    }

    [Fact]
    public void The_parts_of_random_lives_always_add_up_to_the_legal_clock()
    {
        var random = new Random(7);
        string[] offices = [Centre, Department, "so-ct", "so-nn", "so-tc"];
        for (var life = 0; life < 200; life++)
        {
            var at = A.At("2026-03-02 07:00");
            var dossier = Received("2026-03-02 07:00", TimeLimit.WorkingDays(random.Next(1, 4)));
            var open = new List<(string Title, string Office)>();
            for (var i = 0; i < 12; i++)
            {
                at = at.AddMinutes(random.Next(1, 400)).AddSeconds(random.Next(60));
                if (open.Count > 0 && random.Next(2) == 0)
                {
                    var (title, office) = open[random.Next(open.Count)];
                    open.Remove((title, office));
                    dossier.Note(LedgerAct.TaskCompleted, JsonSerializer.Serialize(new { title }), new Act("u", "U", office, at));
                }
                else
                {
                    var (title, office) = ($"Việc {i}", offices[random.Next(offices.Length)]);
                    open.Add((title, office));
                    dossier.Note(LedgerAct.TaskCreated, JsonSerializer.Serialize(new { title, role = Role.CaseOfficer, office, due = at.AddHours(random.Next(1, 30)) }), new Act("u", "U", office, at));
                }
            }

            var now = at.AddHours(random.Next(1, 50));
            var reading = OfficeShares.Read(dossier, dossier.Ledger, Calendar, now);
            var clock = LegalClock.Read(dossier.Ledger, dossier.Limit, Calendar, now);

            Assert.Equal(clock.UsedMinutes, reading.Shares.Sum(share => share.UsedMinutes));
            Assert.Equal(Math.Max(0, -clock.RemainingMinutes!.Value), reading.Shares.Sum(share => share.BlamedMinutes));
            Assert.All(reading.Shares, share => Assert.InRange(share.OverMinutes, 0, share.UsedMinutes));
        }
    }

    private static Dossier Received(string at, TimeLimit? limit = null) => A.InProgress(limit, at);

    private static void Created(Dossier dossier, string title, string role, string office, string at, string? due = null) => dossier.Note(
        LedgerAct.TaskCreated, JsonSerializer.Serialize(new { title, role, office, due = due is null ? (DateTimeOffset?)null : A.At(due) }), Act.System(A.At(at)));

    private static void Completed(Dossier dossier, string title, string office, string at) =>
        dossier.Note(LedgerAct.TaskCompleted, JsonSerializer.Serialize(new { title, outcome = "Xong" }), new Act("u", "U", office, A.At(at)));

    private static OfficeSharesReading Read(Dossier dossier, string now) => OfficeShares.Read(dossier, dossier.Ledger, Calendar, A.At(now));

    private static OfficeShare ShareOf(OfficeSharesReading reading, string office) => Assert.Single(reading.Shares, share => share.OfficeId == office);
}
