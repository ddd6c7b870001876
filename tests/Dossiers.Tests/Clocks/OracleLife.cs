using PublicService.Tests.Shared;

namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>
/// A dossier that lives a long random but legal life in an office whose calendar changes; beside it grows the plain list of what
/// happened, which is all the oracle sees.
/// </summary>
internal sealed class OracleLife
{
    private static readonly int[] Edges = [0, 1, 404, 405, 420, 449, 690, 809, 810, 900, 901, 960, 1020, 1439];

    private readonly Random random;
    private readonly OracleOffice office;
    private readonly List<Event> events = [];
    private int version;
    private int minute;
    private PauseKinds open;

    public OracleLife(Random random, OracleOffice office)
    {
        (this.random, this.office) = (random, office);
        First = Table;
        minute = (random.Next(30, 280) * 1440) + Clock();
        Dossier = Dossiers.Dossier.Submit(A.Submission(), Act);
        if (random.Next(4) == 0)
        {
            RequestBeforeReception();
        }

        Limit = AnyLimit();
        Dossier.Receive(Limit, Calendar, Act);
        Add(Happened.Received);
        Dossier.Begin(Act);
        for (var steps = random.Next(12); steps > 0; steps--)
        {
            Later();
            Step();
        }

        if (random.Next(3) > 0)
        {
            End();
        }
    }

    public Dossier Dossier { get; }

    public TimeLimit Limit { get; }

    /// <summary>Hours in force at reception.</summary>
    public MinuteTable First { get; }

    public IReadOnlyList<Event> Events => events;

    public int Minute => minute;

    /// <summary>The version pinned to the dossier now.</summary>
    public WorkCalendar Calendar => office.Versions[version].Calendar;

    public MinuteTable Table => office.Versions[version].Table;

    private Act Act => A.Act(Table.Instant(minute));

    public void Later() => minute += random.Next(4) switch
    {
        0 => 0,
        1 => random.Next(600),
        _ => ((random.Next(12) * 1440) + Clock() + 1440 - (minute % 1440)) % (12 * 1440),
    };

    private void Step()
    {
        var waiting = Dossier.BusinessStatus is BusinessStatus.AwaitingSupplement or BusinessStatus.AwaitingPayment;
        switch (random.Next(9))
        {
            case < 4 when waiting:
                Answer();
                break;
            case 0 or 1:
                Dossier.RequestSupplement(["CCCD"], "Thiếu", null, Act);
                Open(PauseKinds.Supplement);
                break;
            case 2 when Dossier.FinancialStatus is not FinancialStatus.Due:
                Dossier.RequestPayment(1000, A.Law, "Thuế", Act);
                Open(PauseKinds.Payment);
                break;
            case 3 when Dossier.FinancialStatus is not FinancialStatus.Due:
                Dossier.RequestFee(1000, Act);
                Later();
                Dossier.ConfirmPayment("BL-1", Calendar, Act);
                break;
            case 4:
                Dossier.Forward(Dossier.CompetentOfficeId + "x", Act);
                Dossier.Note(LedgerAct.TransferSent, null, Act);
                break;
            case 5:
                Extend();
                break;
            case 6 when version + 1 < office.Versions.Count:
                Recompute();
                break;
            case 7 when Dossier.BusinessStatus is BusinessStatus.InProgress && open is PauseKinds.None && random.Next(3) == 0:
                Dossier.Finish("1", null, Act);
                Add(Happened.Ended);
                Later();
                Dossier.Reopen("Sai tên", Act);
                Add(Happened.Reopened);
                break;
            default:
                Exclude();
                break;
        }
    }

    private void Answer()
    {
        switch (Dossier.BusinessStatus, random.Next(3))
        {
            case (BusinessStatus.AwaitingSupplement, _):
                Dossier.ProvideSupplement(["CCCD"], Calendar, Act);
                Close(PauseKinds.Supplement);
                return;
            case (_, 0):
                Dossier.ConfirmPayment("BL-1", Calendar, Act);
                break;
            case (_, 1):
                Dossier.WaivePayment(A.Law, "Được miễn", Calendar, Act);
                break;
            default:
                Dossier.CancelPayment("Nhầm", Calendar, Act);
                break;
        }

        Close(PauseKinds.Payment);
    }

    private void Exclude()
    {
        if (open.HasFlag(PauseKinds.ExcludedStep))
        {
            Dossier.Resume(Calendar, Act);
            Close(PauseKinds.ExcludedStep);
        }
        else
        {
            Dossier.PauseFor(A.Law, "Niêm yết", Act);
            Open(PauseKinds.ExcludedStep);
        }
    }

    /// <summary>D11, judged by the oracle: once, later than the promise, and a working day before it.</summary>
    private void Extend()
    {
        var due = new ClockOracle(events, Limit, First).Legal(minute).Due;
        if (due is not { } promise)
        {
            return;
        }

        var legal = !Dossier.Extended && minute <= Table.DaysBefore(promise, 1);
        var newDue = promise + 1 + random.Next(20 * 1440);
        try
        {
            Dossier.Extend(Table.Instant(newDue), "Chờ ý kiến", Calendar, Act);
            Assert.True(legal, $"An extension at {minute} of the promise {promise} was not legal.");
            Add(Happened.Extended, newDue: newDue);
        }
        catch (RefusedException refusal)
        {
            Assert.False(legal, refusal.Code);
        }
    }

    private void Recompute()
    {
        version++;
        var expected = new ClockOracle(events, Limit, First).Afresh(minute, Table);
        var afresh = LegalClock.DueAfresh(Dossier.Ledger, Limit, Calendar, Table.Instant(minute));
        Assert.Equal(expected is { } due ? Table.Instant(due) : null, afresh);
        if (afresh is null)
        {
            version--;
            return;
        }

        Dossier.Recompute(afresh.Value, Calendar, "Nghỉ bão", Act);
        events.Add(new Event(Happened.Recomputed, minute, NewDue: expected, Table: Table));
    }

    private void RequestBeforeReception()
    {
        Dossier.RequestSupplement(["CCCD"], "Thiếu", null, Act);
        Add(Happened.RequestedBeforeReception);
        Later();
        Dossier.ProvideSupplement(["CCCD"], Calendar, Act);
        Add(Happened.ProvidedBeforeReception);
        Later();
    }

    private void End()
    {
        Later();
        if (Dossier.BusinessStatus is BusinessStatus.InProgress && open is PauseKinds.None)
        {
            Dossier.Finish("1", null, Act);
            Add(Happened.Ended);
            Later();
            Dossier.Return("Trần Văn An", ReturnMethod.Electronic, Act);
            return;
        }

        if (random.Next(2) == 0)
        {
            Dossier.Stop("Quá hạn bổ sung", Act);
        }
        else
        {
            Dossier.Withdraw("Công dân đề nghị", Act);
        }

        Add(Happened.Ended);
    }

    private void Open(PauseKinds kind)
    {
        open |= kind;
        Add(Happened.Paused, kind);
    }

    private void Close(PauseKinds kind)
    {
        open &= ~kind;
        Add(Happened.Resumed, kind);
    }

    private void Add(Happened what, PauseKinds kind = PauseKinds.None, int? newDue = null) => events.Add(new Event(what, minute, kind, newDue));

    private int Clock() => random.Next(2) == 0 ? Edges[random.Next(Edges.Length)] : random.Next(1440);

    private TimeLimit AnyLimit() => random.Next(9) switch
    {
        0 or 1 => TimeLimit.WorkingDays(random.Next(1, 31)),
        2 or 3 => TimeLimit.CalendarDays(random.Next(1, 46)),
        4 => TimeLimit.WorkingHours(random.Next(1, 120)),
        5 => TimeLimit.Months(random.Next(1, 3)),
        6 => TimeLimit.SameDay(),
        7 => TimeLimit.SameDay(new TimeOnly(random.Next(8, 16), random.Next(60))),
        _ => TimeLimit.None,
    };
}
