using System.Globalization;

namespace PublicService.Dossiers.Tests;

/// <summary>Builders: <c>A.Dossier()</c> stands where the test begins.</summary>
internal static class A
{
    public const string Law = "NĐ 101/2024/NĐ-CP";

    /// <summary>Hours of D2 with the national days off; 2026-03-02 is an ordinary Monday.</summary>
    public static WorkCalendar Calendar(params SpecialDay[] more) => new(CalendarData(more));

    public static CalendarData CalendarData(params SpecialDay[] more) => new()
    {
        Id = "qn",
        Version = 1,
        ValidFrom = new(2025, 1, 1),
        Week = Dossiers.CalendarData.StandardWeek,
        SpecialDays = [.. NationalHolidays.All(), .. more],
    };

    /// <summary>The instant a wall clock in Viet Nam shows.</summary>
    public static DateTimeOffset At(string local) =>
        new DateTimeOffset(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(7)).ToUniversalTime();

    public static string Wall(DateTimeOffset? instant) =>
        instant?.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    public static Act Act(string local) => Act(At(local));

    public static Act Act(DateTimeOffset at) => new("u-7", "Nguyễn Thị Lan", "so-xd", at);

    public static Submission Submission() => new()
    {
        Id = Guid.Parse("11111111-1111-1111-1111-111111111111"),
        Code = DossierCode.Parse("H49.23-260302-0001"),
        ProcedureCode = "1.013225",
        Title = "Cấp giấy phép xây dựng",
        Channel = Channel.Online,
        Applicant = new("Trần Văn An", "022090001234", "0912345678", "an@example.vn", "Hạ Long"),
        ReceivingOfficeId = "tt-hong-gai",
        CompetentOfficeId = "so-xd",
        DefinitionId = "xay-dung",
        DefinitionVersionId = "xay-dung-1",
    };

    /// <summary>Submitted on Monday 2026-03-02 at 08:00.</summary>
    public static Dossier Registered(string at = "2026-03-02 08:00") => Dossiers.Dossier.Submit(Submission(), Act(at));

    public static Dossier Received(TimeLimit? limit = null, string at = "2026-03-02 09:00", WorkCalendar? calendar = null)
    {
        var dossier = Registered(at);
        dossier.Receive(limit ?? TimeLimit.WorkingDays(10), calendar ?? Calendar(), Act(at));
        return dossier;
    }

    /// <summary>Received and begun at the same instant.</summary>
    public static Dossier InProgress(TimeLimit? limit = null, string at = "2026-03-02 09:00", WorkCalendar? calendar = null)
    {
        var dossier = Received(limit, at, calendar);
        dossier.Begin(Act(at));
        return dossier;
    }

    public static Dossier AwaitingSupplement(string at = "2026-03-03 09:00")
    {
        var dossier = InProgress();
        dossier.RequestSupplement(["Bản vẽ"], "Thiếu bản vẽ", 7, Act(at));
        return dossier;
    }

    public static Dossier AwaitingPayment(string at = "2026-03-03 09:00")
    {
        var dossier = InProgress();
        dossier.RequestPayment(500_000, Law, "Nộp thuế", Act(at));
        return dossier;
    }

    public static Dossier Finished(string at = "2026-03-04 09:00")
    {
        var dossier = InProgress();
        dossier.Finish("12/GPXD", "KQ.G17.000001", Act(at));
        return dossier;
    }

    /// <summary>A dossier in each business status, by the shortest legal way.</summary>
    public static Dossier In(BusinessStatus status)
    {
        var dossier = status switch
        {
            BusinessStatus.Registered or BusinessStatus.NotAccepted => Registered(),
            BusinessStatus.Received => Received(),
            BusinessStatus.InProgress or BusinessStatus.Withdrawn or BusinessStatus.Stopped => InProgress(),
            BusinessStatus.AwaitingSupplement => AwaitingSupplement(),
            BusinessStatus.AwaitingPayment => AwaitingPayment(),
            BusinessStatus.Finished or BusinessStatus.Returned => Finished(),
        };
        var act = Act("2026-03-05 09:00");
        switch (status)
        {
            case BusinessStatus.NotAccepted:
                dossier.NotAccept("Không thuộc phạm vi", act);
                break;
            case BusinessStatus.Withdrawn:
                dossier.Withdraw("Công dân đề nghị", act);
                break;
            case BusinessStatus.Stopped:
                dossier.Stop("Không bổ sung", act);
                break;
            case BusinessStatus.Returned:
                dossier.Return("Trần Văn An", ReturnMethod.Electronic, act);
                break;
            default:
                break;
        }

        return dossier;
    }

    public static void ShouldBeRefused(string code, Action change)
    {
        var refusal = Assert.Throws<RefusedException>(change);
        Assert.Equal(code, refusal.Code);
        Assert.NotEmpty(refusal.Message);
    }
}
