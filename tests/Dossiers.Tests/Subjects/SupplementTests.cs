namespace PublicService.Dossiers.Tests.Subjects;

public sealed class SupplementTests
{
    [Fact]
    public void Refuses_a_second_request_while_one_is_open()
    {
        var dossier = A.AwaitingSupplement();

        A.ShouldBeRefused("SUPPLEMENT_ALREADY_OPEN", () => dossier.RequestSupplement(["CCCD"], "Thiếu", null, A.Act("2026-03-04 09:00")));

        Assert.Equal(1, dossier.SupplementRequests);
    }

    [Theory]
    [InlineData(BusinessStatus.Registered)]
    [InlineData(BusinessStatus.Received)]
    [InlineData(BusinessStatus.InProgress)]
    public void Goes_back_to_where_it_stood(BusinessStatus status)
    {
        var dossier = A.In(status);
        dossier.RequestSupplement(["CCCD"], "Thiếu", 7, A.Act("2026-03-05 09:00"));

        dossier.ProvideSupplement(["CCCD"], A.Calendar(), A.Act("2026-03-06 09:00"));

        Assert.Equal(status, dossier.BusinessStatus);
        Assert.Null(dossier.StatusBeforeWait);
        Assert.Null(dossier.PausedFrom);
    }

    [Fact]
    public void Writes_the_papers_the_reason_and_the_law_into_the_ledger()
    {
        var entry = A.AwaitingSupplement().Ledger[^1];

        Assert.Equal(LedgerAct.SupplementRequested, entry.Act);
        Assert.Equal(("Thiếu bản vẽ", Articles.Supplement), (entry.Reason, entry.Article));
        Assert.Equal("""{"papers":["Bản vẽ"],"days":7}""", entry.Data);
    }

    [Fact]
    public void Refuses_a_request_without_papers_or_reason_and_papers_nobody_asked_for()
    {
        var dossier = A.InProgress();
        var act = A.Act("2026-03-04 09:00");

        A.ShouldBeRefused("PAPERS_REQUIRED", () => dossier.RequestSupplement([], "Thiếu", null, act));
        A.ShouldBeRefused("PAPERS_REQUIRED", () => dossier.RequestSupplement([" "], "Thiếu", null, act));
        A.ShouldBeRefused("REASON_REQUIRED", () => dossier.RequestSupplement(["CCCD"], "", null, act));
        A.ShouldBeRefused("NO_SUPPLEMENT_OPEN", () => dossier.ProvideSupplement(["CCCD"], A.Calendar(), act));
        Assert.Equal(BusinessStatus.InProgress, dossier.BusinessStatus);
    }

    [Fact]
    public void Cannot_be_finished_while_waiting_for_papers() =>
        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => A.AwaitingSupplement().Finish("1", null, A.Act("2026-03-04 09:00")));
}
