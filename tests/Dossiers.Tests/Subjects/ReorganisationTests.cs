namespace PublicService.Dossiers.Tests.Subjects;

public sealed class ReorganisationTests
{
    [Fact]
    public void Offices_change_no_date_does_and_the_ledger_keeps_both_names()
    {
        var dossier = A.AwaitingSupplement();
        var before = (dossier.SubmittedAt, dossier.ReceivedAt, dossier.DueAt, dossier.OriginalDueAt, dossier.PausedFrom, dossier.CalendarId, dossier.CalendarVersion);

        Move(dossier, "so-xd");

        Assert.Equal("moi", dossier.CompetentOfficeId);
        Assert.Equal("tt-hong-gai", dossier.ReceivingOfficeId);
        Assert.Equal(before, (dossier.SubmittedAt, dossier.ReceivedAt, dossier.DueAt, dossier.OriginalDueAt, dossier.PausedFrom, dossier.CalendarId, dossier.CalendarVersion));
        var line = dossier.Ledger[^1];
        Assert.Equal((LedgerAct.Reorganised, "Nghị quyết", BusinessStatus.AwaitingSupplement), (line.Act, line.Reason, line.StatusAfter));
        Assert.Contains("""
            "competent":{"from":"so-xd","fromName":"Tên so-xd","to":"moi","toName":"Tên moi"}
            """.Trim(), line.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("\"receiving\"", line.Data, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_over_keeps_its_offices_and_what_is_not_concerned_is_refused()
    {
        var stopped = A.InProgress();
        stopped.Stop("Không bổ sung", A.Act("2026-03-03 09:00"));

        Assert.Equal("DOSSIER_CLOSED", Assert.Throws<RefusedException>(() => Move(stopped, "so-xd")).Code);
        Assert.Equal("NOTHING_TO_MOVE", Assert.Throws<RefusedException>(() => Move(A.InProgress(), "so-khac")).Code);
        Assert.Equal("so-xd", stopped.CompetentOfficeId);
        Move(A.Finished(), "so-xd");
    }

    private static void Move(Dossier dossier, string old) => dossier.Reorganise(
        id => id == old ? "moi" : null, id => "Tên " + id, [], ("p1", "Nghị quyết"), A.Act("2026-03-09 09:00"));
}
