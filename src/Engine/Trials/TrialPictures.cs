using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Activities;
using PublicService.Activities.Coordination;
using PublicService.Activities.Fees;
using PublicService.Activities.Intake;
using PublicService.Activities.Wallet;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Trials;

/// <summary>Draws what there is to see of a trial, and the moves that are possible from there.</summary>
internal sealed class TrialPictures(OfficeDirectory offices, DossierSubjects subjects, DefinitionGate gate)
{
    public async Task<TrialPicture> DrawAsync(WorkflowDefinition definition, TrialMemory memory, TrialRun run, int accepted, TrialProblem? problem)
    {
        var dossier = memory.Dossier!;
        var calendar = subjects.CalendarOf(dossier);
        var waits = await memory.WaitsAsync();
        var journal = run.Happened.SelectMany(one => one.Happening.Journal).ToList();
        var active = waits.Select(wait => wait.Bookmark.ActivityId).Distinct().ToList();
        return new(
            new(definition.Id, definition.DefinitionId, definition.Version, definition.Name, definition.IsPublished),
            run.Now,
            Describe(dossier),
            TrialClock.Of(LegalClock.Read(memory.Ledger, dossier.Limit, calendar, run.Now)),
            TrialClock.Of(IndexClock.Read(memory.Ledger, dossier.Limit, calendar, run.Now)),
            [.. waits.Select(wait => Describe(wait, dossier, run))],
            [.. Further(dossier, memory, waits, calendar, run.Now)],
            [.. run.Happened.Select(one => one.Happening.ToStep(one.At, NameOf))],
            active,
            [.. journal.Where(entry => entry.Event == "Completed").Select(entry => entry.Step).Distinct().Except(active)],
            accepted,
            problem,
            memory.Root is null,
            [.. gate.Findings(definition, null).Select(finding => finding.ActivityId is { } id ? $"“{FindingsException.NameOf(definition, id)}”: {finding.Message}" : finding.Message)]);
    }

    private TrialDossier Describe(Dossier dossier) => new(
        dossier.Code,
        dossier.ProcedureCode,
        dossier.Title,
        dossier.BusinessStatus,
        dossier.BusinessStatus.Word(),
        dossier.FinancialStatus.Word(),
        dossier.DeliveryStatus.Word(),
        dossier.AmountDue,
        NameOf(dossier.ReceivingOfficeId),
        NameOf(dossier.CompetentOfficeId),
        dossier.SubmittedAt,
        dossier.ReceivedAt,
        dossier.DueAt,
        dossier.FinishedAt,
        dossier.ResultNumber,
        dossier.Limit.Word());

    private TrialWaiting Describe(TrialWait wait, Dossier dossier, TrialRun run)
    {
        var task = wait.Bookmark.Name == TaskRequest.BookmarkName ? TaskRequest.Read(wait.Bookmark.Payload!) : null;
        var sample = task is null ? null : run.Answers.SampleOf(wait, task, dossier, run.Now);
        return new(
            wait.Bookmark.ActivityId,
            KindOf(wait),
            TrialAnswers.TitleOf(wait),
            task?.Role,
            WaitingStep.WordOf(task?.Role),
            task?.OfficeId,
            task is null ? null : NameOf(task.OfficeId),
            task?.DueAt ?? wait.Bookmark.DueAt,
            task?.Form,
            sample,
            task is null ? wait.Bookmark.Payload?.DeepClone() : null,
            [.. TrialAnswers.OutcomesOf(wait).Select(outcome => new TrialChoice(
                TrialAnswers.WordOf(wait, outcome),
                new(TrialMoveKind.Answer, wait.Bookmark.ActivityId, wait.Bookmark.Name, wait.Index, outcome, (JsonObject?)sample?.DeepClone(), task is null ? null : "Lý do (chạy thử)")))]);
    }

    private static TrialWaitKind KindOf(TrialWait wait) => wait.Bookmark.Name switch
    {
        _ when wait.Bookmark.DueAt is not null => TrialWaitKind.Timer,
        TaskRequest.BookmarkName => TrialWaitKind.Task,
        RequestSupplement.BookmarkName => TrialWaitKind.Citizen,
        CollectFee.BookmarkName => TrialWaitKind.Payment,
        Callback.BookmarkName or "Elsa.RunTask" => TrialWaitKind.System,
        LookUpPopulation.Kind => TrialWaitKind.Population,
        StartLinkedDossiers.BookmarkName => TrialWaitKind.LinkedDossier,
        DeliverToWallet.BookmarkName => TrialWaitKind.Wallet,
        "Elsa.Event" => TrialWaitKind.Event,
        _ => TrialWaitKind.Other,
    };

    private static IEnumerable<TrialChoice> Further(Dossier dossier, TrialMemory memory, IReadOnlyList<TrialWait> waits, WorkCalendar calendar, DateTimeOffset now)
    {
        if (waits.Where(wait => wait.Bookmark.DueAt is not null).MinBy(wait => wait.Bookmark.DueAt) is { } timer)
        {
            yield return new($"Chờ đến mốc tiếp theo: {TrialAnswers.TitleOf(timer)} ({Local(timer.Bookmark.DueAt!.Value)})", new(TrialMoveKind.Wait));
        }

        if (memory.Root is not { } root)
        {
            yield break;
        }

        yield return Until("Thêm 1 giờ", now.AddHours(1));
        yield return Until("Thêm 1 ngày làm việc", calendar.AddWorkingDays(now, 1));
        if (dossier.DueAt is { } due && due > now)
        {
            yield return Until("Quá ngày hẹn trả", due.AddMinutes(1));
        }

        if (dossier.IsOpen)
        {
            yield return new("Công dân rút hồ sơ", new(TrialMoveKind.Withdraw, Note: "Công dân xin rút (chạy thử)"));
        }

        foreach (var step in Returning.StepsOf(dossier, root.Definition, root.State))
        {
            yield return new($"Chuyển về bước “{TrialAnswers.TitleOf(step.Node)}”", new(TrialMoveKind.Return, step.Node.Id, Note: "Chuyển về bước trước (chạy thử)"));
        }
    }

    private static TrialChoice Until(string label, DateTimeOffset until) => new($"{label} ({Local(until)})", new(TrialMoveKind.Wait, Until: until));

    private static string Local(DateTimeOffset at) => VietnamTime.Local(at).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    private string NameOf(string officeId) => officeId switch
    {
        Act.SystemId => "Hệ thống",
        Act.CitizenOffice => "Công dân",
        _ => offices.TryFind(officeId)?.Name ?? officeId,
    };
}
