using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Coordination;

/// <summary>Something the host does with a part of a linked dossier, after the commit and in order for each part.</summary>
/// <param name="PartId">Id the part's dossier gets; chosen with the question, so that asking twice starts it once.</param>
public sealed record LinkedDossierMessage(string PartId, JsonObject Payload) : Effect;

/// <summary>
/// Liên thông nhiều thủ tục: one code for the citizen, a dossier of its own for each part, each at its competent office with its own
/// clock. The step goes on when every part has ended, however it ended; what came of them is its outcome and its output.
/// </summary>
[Activity(
    "PublicService.StartLinkedDossiers",
    Palette.Category,
    "Liên thông nhiều thủ tục",
    Description = "Mở hồ sơ con cho từng thủ tục liên thông, mỗi hồ sơ ở cơ quan có thẩm quyền của nó, và chờ tất cả kết thúc. Công dân chỉ cần một mã hồ sơ. Rút hồ sơ chính thì các hồ sơ con chưa kết thúc cũng được rút.")]
[Outcomes(Completed, Partly, Failed)]
public sealed class StartLinkedDossiers : Activity
{
    public const string Completed = "Hoàn thành";
    public const string Partly = "Hoàn thành một phần";
    public const string Failed = "Không thành công";

    /// <summary>Kind of stimulus with which a part reports its end; its key is the part's id.</summary>
    public const string BookmarkName = "PublicService.LinkedDossier";

    private const string Open = "Parts";

    [Field(
        "Các hồ sơ con",
        Description = "Danh sách (biểu thức) gồm: procedure – mã thủ tục; office – cơ quan giải quyết (Competent, Receiving, Support, Parent hoặc mã cơ quan); và nếu cần: receiving – nơi tiếp nhận (để trống: chính cơ quan giải quyết), title – tên hồ sơ, form – dữ liệu biểu mẫu, papers – tên các giấy tờ của hồ sơ chính được gửi kèm.",
        Hint = UiHints.JsonEditor,
        IsSensitive = true)]
    public Input<JsonNode> Parts { get; } = new();

    [Field("Kết quả từng phần", Description = "Mỗi phần: procedure, code, status, statusCode, completed, resultNumber.")]
    public Output Results { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var parts = step.Get(Parts) as JsonArray ?? [];
        step[Open] = new JsonArray([.. parts.Select(part => (JsonNode)Start(step, part as JsonObject ?? []))]);
        return parts.Count > 0 ? StepResult.Wait : Done(step, []);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var parts = (JsonArray)step[Open]!.DeepClone();
        var ended = parts.First(part => part!["part"]!.ToString() == signal.Bookmark.Key)!.AsObject();
        foreach (var name in new[] { "code", "status", "statusCode", "completed", "resultNumber" })
        {
            ended[name] = signal.Input[name]?.DeepClone();
        }

        step[Open] = parts;
        step.Subject().Dossier.Note(LedgerAct.LinkedDossierEnded, HumanTask.Data((JsonObject)ended.DeepClone()), step.Subject().Act);
        return step.Bookmarks.All(bookmark => bookmark == signal.Bookmark) ? Done(step, parts) : StepResult.Wait;
    }

    /// <summary>Withdrawn or left by another way: parts that have not ended are of no use any more.</summary>
    public override void Leave(StepContext step)
    {
        foreach (var bookmark in step.Bookmarks)
        {
            step.Emit(new LinkedDossierMessage(bookmark.Key!, new JsonObject { ["withdraw"] = $"Hồ sơ liên thông {step.Subject().Dossier.Code} không còn cần phần này." }));
        }
    }

    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition) =>
        node.Inputs.First(input => input.Descriptor.Name == nameof(Parts)).Value is null
            ? [new Finding("LINKED_PARTS_MISSING", FindingLevel.Error, node.Id, "Bước liên thông phải có danh sách các hồ sơ con.")]
            : [];

    private static JsonObject Start(StepContext step, JsonObject part)
    {
        var subject = step.Subject();
        var procedure = part["procedure"]?.ToString() is { Length: > 0 } code
            ? code
            : throw new InvalidOperationException($"A part of '{step.Node.Id}' names no procedure.");
        var office = InForce(step, OfficeRule.Resolve(step, part["office"]?.ToString()));
        var receiving = part["receiving"]?.ToString() is { Length: > 0 } place ? InForce(step, OfficeRule.Resolve(step, place)) : office;
        var id = step.NewId();
        step.WaitFor(BookmarkName, id, null, id: id);
        step.Emit(new LinkedDossierMessage(id, new JsonObject
        {
            ["parent"] = subject.Dossier.Id.ToString(),
            ["instance"] = step.Instance.Id,
            ["activity"] = step.Node.Id,
            ["procedure"] = procedure,
            ["office"] = office,
            ["receiving"] = receiving,
            ["title"] = part["title"]?.ToString(),
            ["form"] = (part["form"] as JsonObject ?? []).DeepClone(),
            ["papers"] = (part["papers"] as JsonArray ?? []).DeepClone(),
        }));
        var started = new JsonObject { ["part"] = id, ["procedure"] = procedure, ["office"] = office };
        subject.Dossier.Note(LedgerAct.LinkedDossierStarted, HumanTask.Data((JsonObject)started.DeepClone()), subject.Act);
        return started;
    }

    private static string InForce(StepContext step, string office)
    {
        step.Subject().OfficeOf(office).MustBeValidOn(VietnamTime.DateOf(step.Now));
        return office;
    }

    private StepResult Done(StepContext step, JsonArray parts)
    {
        step.Set(Results, parts.DeepClone());
        var completed = parts.Count(part => part!["completed"]?.GetValue<bool>() == true);
        return StepResult.With(completed == parts.Count ? Completed : completed > 0 ? Partly : Failed);
    }
}
