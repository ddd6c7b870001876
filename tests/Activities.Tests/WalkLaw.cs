using System.Text.Json.Nodes;
using PublicService.Activities.Coordination;
using PublicService.Activities.Deadlines;
using PublicService.Activities.Fees;
using PublicService.Activities.Intake;
using PublicService.Activities.Results;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Tests.Shared;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>
/// What the law demands of every walk, worked out from the drawing, the journal and plain counting of minutes: the status fits the end,
/// the forms were issued, the clock stood still exactly while it may, and what went out is complete and in order.
/// </summary>
internal sealed partial class WalkLaw(DossierTrial trial, FlowMap map, TimeLimit limit)
{
    private static readonly MinuteTable Minutes = new(new DateTime(2026, 1, 1), 365 * 8, OfficeHours);

    private Dossier Dossier => trial.Dossier;

    private IReadOnlyList<LedgerEntry> Ledger => trial.Dossier.Ledger;

    /// <summary>The clock stands exactly while a supplement, a duty to the treasury or a step outside the limit is open.</summary>
    public void CheckPauses()
    {
        var expected = PauseKinds.None;
        if (Dossier is { ReceivedAt: not null, IsOpen: true })
        {
            expected |= Waits(RequestSupplement.BookmarkName, _ => true) ? PauseKinds.Supplement : PauseKinds.None;
            expected |= Waits(CollectFee.BookmarkName, step => FlowMap.TextOf(step, nameof(CollectFee.Kind)) == "Duty") ? PauseKinds.Payment : PauseKinds.None;
            expected |= Waits(TaskRequest.BookmarkName, step => step.Activity is Publish && FlowMap.TextOf(step, nameof(Publish.Article)) is { Length: > 0 })
                || Left("Pause") > Left("Resume") ? PauseKinds.ExcludedStep : PauseKinds.None;
        }

        Same(expected, Dossier.OpenPauses, "the open pauses");
        Same(expected is not PauseKinds.None, Dossier.PausedFrom is not null, "standing still");
    }

    public void CheckEnd()
    {
        Same(true, trial.State.Bookmarks.Count == 0, "nothing waits at the end");
        CheckStatus();
        CheckForms();
        CheckClock();
        CheckOutbox();
    }

    /// <summary>The last step that can end a dossier says which status it ends in.</summary>
    private void CheckStatus()
    {
        var ending = trial.Journal.Last(entry => entry.Event == "Completed" && StepOf(entry)?.Activity is Refuse or Stop or Withdraw or ReturnResult);
        var expected = StepOf(ending)!.Activity switch
        {
            ReturnResult => BusinessStatus.Returned,
            Withdraw => BusinessStatus.Withdrawn,
            Refuse when Accepted == 0 => BusinessStatus.NotAccepted,
            _ => BusinessStatus.Stopped,
        };
        Same(expected, Dossier.BusinessStatus, "the status at the end");
        Same(expected, Ledger[^1].StatusAfter, "the status in the ledger");
        Same(DossierEnds, 1, "ways to end in one walk");
        Same(true, Ledger.Zip(Ledger.Skip(1)).All(pair => pair.First.At <= pair.Second.At && pair.First.Sequence + 1 == pair.Second.Sequence), "the order of the ledger");
        Same(expected is BusinessStatus.Returned, Dossier.DeliveryStatus is DeliveryStatus.Delivered, "the delivery");
        Same(expected is BusinessStatus.Returned ? 1 : 0, Ledger.Count(line => line.Act is LedgerAct.Finished), "releases");
    }

    /// <summary>Forms 01 to 05 as the ledger holds them, each with what it must say.</summary>
    private void CheckForms()
    {
        Same(Accepted, Form("mẫu 01", LedgerAct.Received), "forms 01");
        Same(Count<RequestSupplement>("Started"), Form("mẫu 02", LedgerAct.SupplementRequested), "forms 02");
        Same(Dossier.BusinessStatus is BusinessStatus.NotAccepted ? 1 : 0, Form("mẫu 03", LedgerAct.NotAccepted), "forms 03");
        Same(Completed<Apologise>(Apologise.Sent), Form("mẫu 04", LedgerAct.Extended), "forms 04");
        Same(Dossier.BusinessStatus is BusinessStatus.Stopped ? 1 : 0, Form("mẫu 05", LedgerAct.Stopped), "forms 05");
        foreach (var line in Ledger.Where(line => line.Article is { } article && article.Contains("mẫu 0", StringComparison.Ordinal) && !article.EndsWith("mẫu 01", StringComparison.Ordinal) && line.Act is not LedgerAct.SupplementProvided))
        {
            Same(true, line.Reason is { Length: > 0 }, $"a reason on {line.Article}");
        }

        foreach (var line in Ledger.Where(line => line.Act is LedgerAct.SupplementRequested))
        {
            Same(true, JsonNode.Parse(line.Data!)!["papers"]!.AsArray().Count > 0, "papers on form 02");
        }

        Same(Completed<Sign>(Sign.Signed), Ledger.Count(line => line.Act is LedgerAct.Signed), "signatures");
        Same(true, Ledger.All(line => line.ActorId.Length > 0 && line.OfficeId.Length > 0), "an actor on every line");
    }

    /// <summary>The promise and both measures of the legal clock, counted again from the ledger with plain minutes.</summary>
    private void CheckClock()
    {
        var reading = LegalClock.Read(Ledger, limit, DossierTrial.WorkHours, trial.Now.AddDays(30));
        if (Accepted == 0)
        {
            Same(null, Dossier.DueAt, "a promise without reception");
            Same(Band.NotStarted, reading.Band, "the clock without reception");
            return;
        }

        var received = Minutes.Minute(Dossier.ReceivedAt!.Value);
        var promise = Minutes.Promise(received, limit);
        Same(promise is { } first ? Minutes.Instant(first) : null, Dossier.OriginalDueAt, "the first promise");
        var (open, pausedFrom, lostFrom, runningFrom, used, paused, due, end) = (PauseKinds.None, received, received, received, 0, 0, promise, (int?)null);
        foreach (var line in Ledger.SkipWhile(line => line.Act is not LedgerAct.Received))
        {
            if (end is not null)
            {
                break;
            }

            var at = Minutes.Minute(line.At);
            var (opens, closes) = Effect(line);
            if (opens is not PauseKinds.None && open is PauseKinds.None)
            {
                (used, pausedFrom, lostFrom) = (used + Minutes.Between(runningFrom, at), at, at);
            }

            var before = open;
            open = (open | opens) & ~closes;
            if (before is not PauseKinds.None && open is PauseKinds.None)
            {
                (paused, runningFrom) = (paused + Minutes.Between(pausedFrom, at), at);
                due = due is { } standing ? Minutes.Postpone(standing, Minutes.Between(lostFrom, at)) : null;
            }

            if (line.Act is LedgerAct.Extended)
            {
                Same(true, line.DueAfter > Minutes.Instant(due!.Value), "a later date on form 04");
                (due, lostFrom) = (Minutes.Minute(line.DueAfter!.Value), at);
            }

            Same(true, line.Act is not LedgerAct.DeadlineWarned || open is PauseKinds.None, "no warning while the clock stands");
            end = line.Act is LedgerAct.Finished or LedgerAct.Stopped or LedgerAct.Withdrawn ? at : null;
            Same(due is { } now ? Minutes.Instant(now) : null, line.DueAfter, $"the promise after {line.Act}");
        }

        if (open is PauseKinds.None)
        {
            used += Minutes.Between(runningFrom, end!.Value);
        }
        else
        {
            paused += Minutes.Between(pausedFrom, end!.Value);
        }

        Same((used, paused), (reading.UsedMinutes, reading.PausedMinutes), "minutes used and paused");
        Same(Minutes.Between(received, end.Value), used + paused, "minutes elapsed");
        Same(Minutes.Instant(end.Value), reading.EndedAt, "the clock stops at the end");
        Same(false, reading.IsPaused, "a clock that stands at the end");
        Same(true, Ledger.Where(line => line.Act is LedgerAct.DeadlineWarned).GroupBy(line => line.DueAfter).All(warnings => warnings.Count() == 1), "one warning for each promise");
        Same(true, Completed<Apologise>(Apologise.Sent) <= 1 && Dossier.Extended == (Completed<Apologise>(Apologise.Sent) == 1), "one letter of apology");
    }

    private static (PauseKinds Opens, PauseKinds Closes) Effect(LedgerEntry line) => line.Act switch
    {
        LedgerAct.SupplementRequested => (PauseKinds.Supplement, PauseKinds.None),
        LedgerAct.SupplementProvided => (PauseKinds.None, PauseKinds.Supplement),
        LedgerAct.PaymentRequested => (PauseKinds.Payment, PauseKinds.None),
        LedgerAct.PaymentConfirmed or LedgerAct.PaymentWaived or LedgerAct.PaymentCancelled => (PauseKinds.None, PauseKinds.Payment),
        LedgerAct.ClockPaused => (PauseKinds.ExcludedStep, PauseKinds.None),
        LedgerAct.ClockResumed => (PauseKinds.None, PauseKinds.ExcludedStep),
        _ => (PauseKinds.None, PauseKinds.None),
    };

    private int Accepted => Completed<Intake.Intake>(Intake.Intake.Accepted);

    private int DossierEnds => trial.Journal.Count(entry => entry.Event == "Completed" && StepOf(entry)?.Activity is Refuse or Stop or Withdraw or ReturnResult);

    private int Form(string name, LedgerAct act)
    {
        var lines = Ledger.Where(line => line.Act == act).ToList();
        Same(true, lines.TrueForAll(line => line.Article?.EndsWith(name, StringComparison.Ordinal) == true), $"{name} on {act}");
        return lines.Count;
    }

    private int Count<T>(string happened) => trial.Journal.Count(entry => entry.Event == happened && StepOf(entry)?.Activity is T);

    private int Completed<T>(string outcome) =>
        trial.Journal.Count(entry => entry.Event == "Completed" && StepOf(entry)?.Activity is T && (entry.Outcomes ?? []).Contains(outcome));

    private int Left(string mode) => trial.Journal.Count(entry =>
        entry.Event == "Completed" && StepOf(entry) is { Activity: Deadline } step && FlowMap.TextOf(step, nameof(Deadline.Mode)) == mode);

    private bool Waits(string bookmark, Func<ActivityNode, bool> where) =>
        trial.State.Bookmarks.Exists(open => open.Name == bookmark && where(map.Step(open.ActivityId)));

    private ActivityNode? StepOf(JournalEntry entry) => map.PlaceOf(entry.ActivityId) == int.MaxValue ? null : map.Step(entry.ActivityId);

    private void Same<T>(T expected, T actual, string what) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{Dossier.ProcedureCode}: {what}: expected {expected}, was {actual}.\n{Told()}");

    public string Told() => string.Join('\n', trial.Journal.Where(entry => entry.Event == "Completed").Select(entry => $"{entry.At:MM-dd HH:mm} {entry.ActivityId}:{string.Join(',', entry.Outcomes ?? [])}"));

    // D2 and the public holidays, as the office of the trial keeps them.
    private static IEnumerable<(int From, int To)> OfficeHours(DateTime date)
    {
        var special = NationalHolidays.All().FirstOrDefault(day => day.InForce && day.Date == DateOnly.FromDateTime(date));
        var works = special is null ? date.DayOfWeek is not DayOfWeek.Saturday and not DayOfWeek.Sunday : special.Kind is SpecialDayKind.SwappedWorkingDay;
        return works ? [(7 * 60, (11 * 60) + 30), ((13 * 60) + 30, 17 * 60)] : [];
    }
}
