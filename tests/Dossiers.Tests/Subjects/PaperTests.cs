namespace PublicService.Dossiers.Tests.Subjects;

public sealed class PaperTests
{
    [Fact]
    public void A_paper_that_comes_and_goes_leaves_two_lines()
    {
        var dossier = A.InProgress();

        dossier.AttachPaper("Giấy chứng sinh", "a.pdf", "00ff", A.Act("2026-03-03 09:00"));
        dossier.RemovePaper("Giấy chứng sinh", "00ff", "Nhầm hồ sơ", A.Act("2026-03-03 10:00"));

        Assert.Equal([LedgerAct.PaperAttached, LedgerAct.PaperRemoved], dossier.Ledger.TakeLast(2).Select(line => line.Act));
        Assert.Equal("Nhầm hồ sơ", dossier.Ledger[^1].Reason);
        Assert.Equal("""{"name":"Giấy chứng sinh","fileName":"a.pdf","sha256":"00ff"}""", dossier.Ledger[^2].Data);
    }

    [Fact]
    public void A_dossier_that_has_ended_takes_and_gives_no_papers()
    {
        var dossier = A.Finished();

        A.ShouldBeRefused("DOSSIER_CLOSED", () => dossier.AttachPaper("Giấy chứng sinh", "a.pdf", "00ff", A.Act("2026-03-05 09:00")));
        A.ShouldBeRefused("DOSSIER_CLOSED", () => dossier.RemovePaper("Giấy chứng sinh", "00ff", "Nhầm", A.Act("2026-03-05 09:00")));
    }

    [Fact]
    public void A_paper_goes_only_with_a_reason() =>
        A.ShouldBeRefused("REASON_REQUIRED", () => A.InProgress().RemovePaper("Giấy chứng sinh", "00ff", " ", A.Act("2026-03-05 09:00")));
}
