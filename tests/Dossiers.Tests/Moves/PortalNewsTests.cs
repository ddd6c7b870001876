namespace PublicService.Dossiers.Tests.Moves;

/// <summary>What the national portal must hear, against a second list written by hand, and what that does to the synchronisation status.</summary>
public sealed class PortalNewsTests
{
    private static readonly LedgerAct[] Silent =
    [
        LedgerAct.SyncConfirmed, LedgerAct.SyncRejected, LedgerAct.PaperAttached, LedgerAct.PaperRemoved, LedgerAct.FormChanged, LedgerAct.ClockPaused,
        LedgerAct.Reorganised, LedgerAct.VersionMoved,
    ];

    private static readonly LedgerAct[] StepsOnly =
    [
        LedgerAct.ResultArrived, LedgerAct.ResultPosted, LedgerAct.ResultCameBack, LedgerAct.TaskCompleted, LedgerAct.TransferSent, LedgerAct.TransferAnswered,
        LedgerAct.OpinionAsked, LedgerAct.OpinionGiven, LedgerAct.ConsentBySilence, LedgerAct.Published, LedgerAct.Approved, LedgerAct.Signed,
        LedgerAct.MovedBack, LedgerAct.StepSkipped,
    ];

    private static readonly LedgerAct[] NotesAboutTheDossier = [LedgerAct.DocumentIssued, LedgerAct.SyncAsked];

    public static TheoryData<LedgerAct> Acts() => [.. Enum.GetValues<LedgerAct>()];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Every_act_that_changes_the_dossier_is_told_unless_it_is_on_the_list(LedgerAct act)
    {
        var showsDossier = act.IsNote() ? NotesAboutTheDossier.Contains(act) : !Silent.Contains(act) && !StepsOnly.Contains(act);

        Assert.Equal(showsDossier, act.News().HasFlag(PortalNews.Dossier));
        Assert.Equal(Silent.Contains(act) || (act.IsNote() && !StepsOnly.Contains(act) && !showsDossier), act.News() is PortalNews.None);
    }

    [Fact]
    public void Whatever_is_told_makes_the_dossier_pending_and_nothing_else_does()
    {
        var dossier = A.Received();
        dossier.ConfirmSync(Act.System(A.At("2026-03-02 09:01")));

        dossier.Note(LedgerAct.TaskCreated, null, A.Act("2026-03-02 09:02"));
        dossier.AttachPaper("Tờ khai", "a.pdf", "00", A.Act("2026-03-02 09:03"));
        Assert.Equal(SyncStatus.Synced, dossier.SyncStatus);

        dossier.Note(LedgerAct.Signed, null, A.Act("2026-03-02 09:04"));
        Assert.Equal(SyncStatus.Pending, dossier.SyncStatus);
    }

    [Fact]
    public void The_applicant_is_corrected_also_when_the_dossier_has_ended_but_never_without_a_reason()
    {
        var dossier = A.In(BusinessStatus.Returned);
        var late = A.Act("2026-03-20 09:00");

        A.ShouldBeRefused("REASON_REQUIRED", () => dossier.CorrectApplicant(new("Trần Văn An"), " ", late));
        A.ShouldBeRefused("APPLICANT_REQUIRED", () => dossier.CorrectApplicant(new(" "), "Sai tên", late));
        dossier.CorrectApplicant(new("Trần Văn Ân", "022090001235"), "Sai tên", late);

        Assert.Equal(("Trần Văn Ân", "022090001235", null), (dossier.ApplicantName, dossier.ApplicantIdNumber, dossier.ApplicantPhone));
        Assert.Equal((LedgerAct.ApplicantCorrected, "Sai tên", null), (dossier.Ledger[^1].Act, dossier.Ledger[^1].Reason, dossier.Ledger[^1].Data));
        Assert.Equal(SyncStatus.Pending, dossier.SyncStatus);
    }
}
