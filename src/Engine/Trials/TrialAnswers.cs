using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Activities;
using PublicService.Activities.Coordination;
using PublicService.Activities.Fees;
using PublicService.Activities.Intake;
using PublicService.Activities.Wallet;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.BuiltIn.Events;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Trials;

/// <summary>Who can answer a wait of a trial and with what, in the shapes in which the real ones answer.</summary>
internal sealed class TrialAnswers(TaskAnswers tasks, WorkflowDefinition definition)
{
    private const string RunTaskName = "Elsa.RunTask";
    private const string EventName = "Elsa.Event";
    private const string Found = "Tìm thấy";
    private const string Nobody = "Không tìm thấy";
    private const string PartFinished = "Hoàn thành";
    private const string PartStopped = "Dừng giải quyết";

    /// <summary>What may be chosen or reported at a wait; empty when only time ends it.</summary>
    public static IReadOnlyList<string> OutcomesOf(TrialWait wait) => wait.Bookmark.Name switch
    {
        TaskRequest.BookmarkName => TaskRequest.Read(wait.Bookmark.Payload!).Outcomes,
        Callback.BookmarkName => [.. wait.Bookmark.Payload!["outcomes"]!.AsArray().Select(outcome => outcome!.ToString())],
        RequestSupplement.BookmarkName => [RequestSupplement.Provided],
        CollectFee.BookmarkName => [CollectFee.Paid],
        LookUpPopulation.Kind => [Found, Nobody],
        StartLinkedDossiers.BookmarkName => [PartFinished, PartStopped],
        DeliverToWallet.BookmarkName => Enum.GetNames<WalletEvent>(),
        RunTaskName or EventName => ["Done"],
        _ => [],
    };

    /// <summary>What an outcome is called on a button.</summary>
    public static string WordOf(TrialWait wait, string outcome) => wait.Bookmark.Name switch
    {
        RequestSupplement.BookmarkName => "Công dân nộp bổ sung",
        CollectFee.BookmarkName => "Cổng thanh toán báo đã nộp",
        DeliverToWallet.BookmarkName => Enum.Parse<WalletEvent>(outcome) switch
        {
            WalletEvent.Issued => "Ví đã lấy",
            WalletEvent.Accepted => "Người dân nhận",
            WalletEvent.Refused => "Người dân từ chối",
            WalletEvent.Withdrawn => "Thu hồi lời mời",
        },
        RunTaskName => "Hệ thống khác trả lời",
        EventName => "Sự kiện xảy ra",
        _ => outcome,
    };

    /// <summary>Who acts at a wait; made-up people, real roles and offices.</summary>
    public static Act ActOf(TrialWait wait, Dossier dossier, DateTimeOffset at)
    {
        switch (wait.Bookmark.Name)
        {
            case TaskRequest.BookmarkName:
                var task = TaskRequest.Read(wait.Bookmark.Payload!);
                return task.Role == Role.Citizen ? Citizen() : new("thu-" + task.Role, $"{WaitingStep.WordOf(task.Role)} (chạy thử)", task.OfficeId, at);
            case RequestSupplement.BookmarkName:
                return Citizen();
            case Callback.BookmarkName:
                var system = wait.Bookmark.Payload!["system"]!.ToString();
                return new("thu-" + system, system, Act.SystemId, at);
            default:
                return Act.System(at);
        }

        Act Citizen() => Act.Citizen("thu-cong-dan", dossier.ApplicantName, at);
    }

    /// <summary>What the waiting step receives, and the task that is completed by it.</summary>
    /// <exception cref="ProblemException">400 as an officer gets it: OUTCOME_UNKNOWN; INVALID_INPUT with the fields of the form.</exception>
    public (JsonObject Input, TaskRow? Task) InputOf(TrialWait wait, TrialMove move, Dossier dossier)
    {
        var (outcome, form) = (move.Outcome ?? string.Empty, (JsonObject?)move.Form?.DeepClone());
        var known = OutcomesOf(wait);
        if (!known.Contains(outcome))
        {
            throw Problems.OutcomeUnknown(outcome, known);
        }

        switch (wait.Bookmark.Name)
        {
            case TaskRequest.BookmarkName:
                var task = Projections.ToTask(wait.Bookmark, wait.Instance, dossier.Id);
                return (tasks.Check(task, outcome, form, move.Note).ToJson(), task);
            case RunTaskName:
                return (new() { [RunTask.ResultKey] = form }, Projections.ToTask(wait.Bookmark, wait.Instance, dossier.Id));
            case Callback.BookmarkName:
                return (new() { ["outcome"] = outcome, ["data"] = form, ["reference"] = "thu" }, null);
            case RequestSupplement.BookmarkName:
                return (new() { ["papers"] = (form?["papers"] ?? wait.Bookmark.Payload!["papers"])?.DeepClone() }, null);
            case CollectFee.BookmarkName:
                return (new() { ["amount"] = (form?["amount"] ?? wait.Bookmark.Payload!["amount"])?.DeepClone(), ["receipt"] = "BL-THU", ["reference"] = "thu" }, null);
            case LookUpPopulation.Kind:
                return (new() { ["person"] = outcome == Found ? form ?? Person(dossier) : null }, null);
            case StartLinkedDossiers.BookmarkName:
                return (Part(outcome == PartFinished ? BusinessStatus.Finished : BusinessStatus.Stopped), null);
            case DeliverToWallet.BookmarkName:
                return (new() { ["event"] = outcome }, null);
            default:
                return (EventDelivery.InputOf(form), null);
        }
    }

    /// <summary>What the analyst calls a step.</summary>
    public string TitleOf(string nodeId) => definition.Nodes.GetValueOrDefault(nodeId) is { } node ? TitleOf(node) : nodeId;

    /// <summary>What the analyst wrote on the step, else its title or name.</summary>
    public static string TitleOf(ActivityNode node) =>
        node.Source["metadata"]?["displayText"]?.ToString() is { Length: > 0 } caption ? caption : Returning.TitleOf(node);

    /// <summary>
    /// Data for the form of a task. One without a schema takes anything: then what scripts of the definition read of its answer is given.
    /// </summary>
    public JsonObject? SampleOf(TrialWait wait, TaskRequest task, Dossier dossier, DateTimeOffset now) => task.Form is { } schema
        ? FormSample.Of(schema, dossier.CompetentOfficeId, VietnamTime.DateOf(now))
        : FormSample.ReadBy(definition.Source.ToJsonString(JsonText.Readable), wait.Bookmark.ActivityId);

    /// <summary>The move in words, for the list of what was done.</summary>
    public async Task<string> LabelAsync(TrialMove move, TrialMemory memory)
    {
        switch (move.Kind)
        {
            case TrialMoveKind.Answer:
                var wait = (await memory.WaitsAsync()).FirstOrDefault(wait => wait.Bookmark.ActivityId == move.Step && wait.Bookmark.Name == move.On);
                return wait is null ? $"{move.Step}: {move.Outcome}" : $"{TitleOf(wait)}: {(OutcomesOf(wait).Contains(move.Outcome ?? string.Empty) ? WordOf(wait, move.Outcome!) : move.Outcome)}";
            case TrialMoveKind.Wait:
                return move.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $"Chờ đến {VietnamTime.Local(until):HH:mm dd/MM/yyyy}") : "Chờ đến mốc thời gian tiếp theo";
            case TrialMoveKind.Withdraw:
                return "Công dân rút hồ sơ";
            default:
                return $"Chuyển về bước “{(definition.FindActivity(move.Step ?? string.Empty) is { } node ? TitleOf(node) : move.Step)}”";
        }
    }

    /// <summary>Title of a wait: that of the task, else of its step.</summary>
    public static string TitleOf(TrialWait wait) =>
        wait.Bookmark.Name == TaskRequest.BookmarkName ? TaskRequest.Read(wait.Bookmark.Payload!).Title : TitleOf(wait.Node);

    private static JsonObject Person(Dossier dossier) => new() { ["personalNumber"] = dossier.ApplicantIdNumber ?? "999000000001", ["fullName"] = dossier.ApplicantName };

    /// <summary>What a part that has ended says to its parent, as <see cref="LinkedDossiers.Ended"/>.</summary>
    private static JsonObject Part(BusinessStatus status) => new()
    {
        ["code"] = "THU",
        ["status"] = status.Word(),
        ["statusCode"] = (int)status,
        ["completed"] = status is BusinessStatus.Finished,
        ["resultNumber"] = status is BusinessStatus.Finished ? "01/THU" : null,
    };
}
