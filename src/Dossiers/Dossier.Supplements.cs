namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    /// <summary>Requests ever made, before and after reception. The index counts more than one as overdue (D8).</summary>
    public int SupplementRequests { get; private set; }

    /// <summary>The status a wait (5 or 6) began in and goes back to.</summary>
    public BusinessStatus? StatusBeforeWait { get; private set; }

    /// <summary>Form 02: asks the citizen for missing papers, before or after reception; pauses a started clock (D7).</summary>
    /// <param name="days">Working days the citizen has, null when the procedure sets none; the deadline itself is a timer of the Engine.</param>
    /// <exception cref="RefusedException">SUPPLEMENT_ALREADY_OPEN, PAPERS_REQUIRED, REASON_REQUIRED, BUSINESS_MOVE_NOT_ALLOWED.</exception>
    public void RequestSupplement(IReadOnlyList<string> papers, string reason, int? days, Act act)
    {
        ArgumentNullException.ThrowIfNull(papers);
        reason = GivenReason(reason);
        if (BusinessStatus is BusinessStatus.AwaitingSupplement)
        {
            throw Refusals.SupplementAlreadyOpen();
        }

        CheckPapers(papers);
        Check(BusinessStatus.AwaitingSupplement, act);
        SupplementRequests++;
        Wait(BusinessStatus.AwaitingSupplement, PauseKinds.Supplement, act);
        Record(LedgerAct.SupplementRequested, act, reason, Articles.Supplement, new { papers, days });
    }

    /// <summary>The papers came: goes on where it stood and moves the promise by the working time lost.</summary>
    public void ProvideSupplement(IReadOnlyList<string> papers, WorkCalendar calendar, Act act)
    {
        ArgumentNullException.ThrowIfNull(papers);
        if (BusinessStatus is not BusinessStatus.AwaitingSupplement)
        {
            throw Refusals.NoSupplementOpen();
        }

        CheckPapers(papers);
        EndWait(PauseKinds.Supplement, calendar, act);
        Record(LedgerAct.SupplementProvided, act, article: Articles.Supplement, data: new { papers });
    }

    private static void CheckPapers(IReadOnlyList<string> papers)
    {
        if (papers.Count == 0 || papers.Any(string.IsNullOrWhiteSpace))
        {
            throw Refusals.Missing("PAPERS_REQUIRED", "giấy tờ cần bổ sung");
        }
    }

    private void Wait(BusinessStatus waiting, PauseKinds kind, Act act)
    {
        StatusBeforeWait = BusinessStatus;
        StartPause(kind, act);
        MoveTo(waiting);
    }

    private void EndWait(PauseKinds kind, WorkCalendar calendar, Act act)
    {
        var before = StatusBeforeWait!.Value;
        Check(before, act);
        EndPause(kind, calendar, act);
        MoveTo(before);
        StatusBeforeWait = null;
    }
}
