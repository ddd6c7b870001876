namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    public DateTimeOffset? ReceivedAt { get; private set; }

    public int LimitValue { get; private set; }

    public LimitUnit LimitUnit { get; private set; }

    /// <summary>Cut-off of a same-day procedure in minutes after midnight, null for the calendar's.</summary>
    public int? LimitCutOffMinutes { get; private set; }

    /// <summary>The time limit of the procedure as it was on the day of reception.</summary>
    public TimeLimit Limit => new(
        LimitValue, LimitUnit, LimitCutOffMinutes is { } minutes ? TimeOnly.MinValue.AddMinutes(minutes) : null);

    /// <summary>Form 01: takes the dossier in, starts the legal clock and makes the promise (D3, D4, D6).</summary>
    /// <param name="limit"><see cref="TimeLimit.None"/> for procedures without an appointment (D13).</param>
    /// <param name="calendar">The competent office's calendar; its version is pinned to the dossier.</param>
    public void Receive(TimeLimit limit, WorkCalendar calendar, Act act)
    {
        ArgumentNullException.ThrowIfNull(limit);
        Check(BusinessStatus.Received, act);
        if (BusinessStatus is not BusinessStatus.Registered)
        {
            throw Refusals.BusinessMove(BusinessStatus, BusinessStatus.Received);
        }

        (LimitValue, LimitUnit) = (limit.Value, limit.Unit);
        LimitCutOffMinutes = limit.CutOff is { } cutOff ? (cutOff.Hour * 60) + cutOff.Minute : null;
        ReceivedAt = act.At;
        Promise(calendar.PromiseFor(act.At, limit), calendar);
        OriginalDueAt = DueAt;
        Pin(calendar);
        MoveTo(BusinessStatus.Received);
        Record(LedgerAct.Received, act, article: Articles.Reception, data: new { limit = limit.Word(), calendar = calendar.Id, calendar.Version });
    }

    /// <summary>Form 03: refuses to take the dossier in. After reception the way out is <see cref="Stop"/>.</summary>
    public void NotAccept(string reason, Act act)
    {
        reason = GivenReason(reason);
        if (ReceivedAt is not null && IsOpen)
        {
            throw Refusals.AlreadyReceived();
        }

        Check(BusinessStatus.NotAccepted, act);
        EndPauses();
        MoveTo(BusinessStatus.NotAccepted);
        Record(LedgerAct.NotAccepted, act, reason, Articles.Refusal);
    }

    /// <summary>Until when the place of reception must hand the papers over (D5, unverified).</summary>
    /// <exception cref="RefusedException">HAND_OVER_NOT_NEEDED, CLOCK_NOT_STARTED, DOSSIER_CLOSED.</exception>
    public DateTimeOffset HandOverDue(WorkCalendar calendar)
    {
        if (!IsOpen)
        {
            throw Refusals.DossierClosed(BusinessStatus);
        }

        if (ReceivingOfficeId == CompetentOfficeId)
        {
            throw Refusals.HandOverNotNeeded();
        }

        return calendar.HandOverDue(ReceivedAt ?? throw Refusals.ClockNotStarted());
    }

    /// <summary>Moves the dossier to another competent office. Never restarts or moves the clock (D12).</summary>
    public void Forward(string toOfficeId, Act act)
    {
        var to = Given(toOfficeId, "OFFICE_REQUIRED", "cơ quan nhận");
        CheckOpen(act);
        if (to == CompetentOfficeId)
        {
            throw Refusals.SameOffice();
        }

        var from = CompetentOfficeId;
        CompetentOfficeId = to;
        Record(LedgerAct.Forwarded, act, data: new { from, to });
    }

    /// <summary>Replaces the content of the electronic form; the ledger keeps that it changed, not the personal data.</summary>
    /// <param name="formData">JSON text.</param>
    public void ChangeForm(string formData, Act act)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(formData);
        CheckOpen(act);
        FormData = formData;
        FormOrigins = null;
        Record(LedgerAct.FormChanged, act);
    }
}
