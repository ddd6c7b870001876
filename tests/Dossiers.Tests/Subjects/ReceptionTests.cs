namespace PublicService.Dossiers.Tests.Subjects;

public sealed class ReceptionTests
{
    [Fact]
    public void Reception_makes_the_promise_and_copies_the_limit()
    {
        var dossier = A.Registered();

        dossier.Receive(TimeLimit.SameDay(new(15, 0)), A.Calendar(), A.Act("2026-03-02 15:30"));

        Assert.Equal(BusinessStatus.Received, dossier.BusinessStatus);
        Assert.Equal("2026-03-03 17:00", A.Wall(dossier.DueAt));
        Assert.Equal(dossier.DueAt, dossier.OriginalDueAt);
        Assert.Equal(TimeLimit.SameDay(new(15, 0)), dossier.Limit);
        Assert.Equal(("qn", 1), (dossier.CalendarId, dossier.CalendarVersion));
        Assert.Equal(TimeSpan.Zero, dossier.ReceivedAt!.Value.Offset);
    }

    [Fact]
    public void A_dossier_is_received_once()
    {
        var dossier = A.Received();

        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => dossier.Receive(TimeLimit.None, A.Calendar(), A.Act("2026-03-03 09:00")));
    }

    [Fact]
    public void Papers_outstanding_before_reception_must_come_first()
    {
        var dossier = A.Registered();
        dossier.RequestSupplement(["CCCD"], "Thiếu", null, A.Act("2026-03-02 09:00"));

        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => dossier.Receive(TimeLimit.None, A.Calendar(), A.Act("2026-03-03 09:00")));

        dossier.ProvideSupplement(["CCCD"], A.Calendar(), A.Act("2026-03-03 10:00"));
        Assert.Equal(BusinessStatus.Registered, dossier.BusinessStatus);
    }

    [Fact]
    public void Refusing_reception_needs_a_reason()
    {
        var dossier = A.Registered();

        A.ShouldBeRefused("REASON_REQUIRED", () => dossier.NotAccept("  ", A.Act("2026-03-02 09:00")));
        dossier.NotAccept("Không thuộc thẩm quyền", A.Act("2026-03-02 09:00"));

        Assert.Equal(("Không thuộc thẩm quyền", Articles.Refusal), (dossier.Ledger[^1].Reason, dossier.Ledger[^1].Article));
    }

    [Theory]
    [InlineData(BusinessStatus.Received)]
    [InlineData(BusinessStatus.InProgress)]
    [InlineData(BusinessStatus.AwaitingSupplement)]
    public void After_reception_it_is_too_late_to_refuse_it(BusinessStatus status) =>
        A.ShouldBeRefused("ALREADY_RECEIVED", () => A.In(status).NotAccept("x", A.Act("2026-03-09 09:00")));

    [Fact]
    public void Forwarding_changes_the_office_and_nothing_else()
    {
        var dossier = A.InProgress();
        var due = dossier.DueAt;

        dossier.Forward("so-tnmt", A.Act("2026-03-04 09:00"));

        Assert.Equal(("so-tnmt", due, BusinessStatus.InProgress), (dossier.CompetentOfficeId, dossier.DueAt, dossier.BusinessStatus));
        Assert.Equal("""{"from":"so-xd","to":"so-tnmt"}""", dossier.Ledger[^1].Data);
        A.ShouldBeRefused("ALREADY_AT_OFFICE", () => dossier.Forward("so-tnmt", A.Act("2026-03-05 09:00")));
        A.ShouldBeRefused("OFFICE_REQUIRED", () => dossier.Forward("", A.Act("2026-03-05 09:00")));
    }

    [Fact]
    public void The_ledger_says_that_the_form_changed_but_not_what_the_citizen_wrote()
    {
        var dossier = A.Registered();

        dossier.ChangeForm("""{"cha":"Trần Văn Bình"}""", A.Act("2026-03-02 09:00"));

        Assert.Contains("Bình", dossier.FormData, StringComparison.Ordinal);
        Assert.Null(dossier.Ledger[^1].Data);
    }

    [Fact]
    public void An_applicant_has_a_name() =>
        A.ShouldBeRefused(
            "APPLICANT_REQUIRED",
            () => Dossier.Submit(A.Submission() with { Applicant = new("") }, A.Act("2026-03-02 09:00")));
}
