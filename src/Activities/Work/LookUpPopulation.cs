using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Work;

/// <summary>
/// Tra cứu Cơ sở dữ liệu quốc gia về dân cư: the question goes out through the outbox, the step waits for the answer. A system that
/// does not answer in time leaves by its own port, so that a person can go on.
/// </summary>
[Activity(
    "PublicService.LookUpPopulation",
    Palette.Category,
    "Tra cứu dân cư",
    Description = "Hỏi Cơ sở dữ liệu quốc gia về dân cư và chờ trả lời. Nếu hệ thống không trả lời trong thời gian chờ thì đi theo nhánh “Không kết nối được”.")]
[Outcomes(Found, NotFound, Unreachable)]
public sealed class LookUpPopulation : Activity
{
    public const string Found = "Có dữ liệu";
    public const string NotFound = "Không có dữ liệu";
    public const string Unreachable = "Không kết nối được";

    /// <summary>Outbox kind of the question, and kind of stimulus of the answer.</summary>
    public const string Kind = "population-lookup";

    [Field("Mục đích", Options = ["Verify=Xác thực thông tin", "IssueNumber=Cấp số định danh cá nhân"])]
    public Input<string> Purpose { get; } = new("Verify");

    [Field("Dữ liệu hỏi", Description = "Các trường gửi đi, ví dụ số định danh và họ tên.", Hint = UiHints.JsonEditor, IsSensitive = true)]
    public Input<JsonNode> Query { get; } = new();

    [Field("Thời gian chờ (phút)")]
    public Input<int> Minutes { get; } = new(60);

    [Field("Dữ liệu nhận được")]
    public Output Person { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var lookup = step.NewId();
        step.Emit(new SendMessage(Kind, new JsonObject
        {
            ["lookup"] = lookup,
            ["purpose"] = step.Get(Purpose),
            ["query"] = step.Get(Query)?.DeepClone(),
            ["dossier"] = step.Subject().Dossier.Code,
        }));
        step.WaitFor(Kind + ".Timer", null, null, step.Now + TimeSpan.FromMinutes(step.Get(Minutes)));
        return step.WaitFor(Kind, lookup, null, id: lookup);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var person = signal.Bookmark.Name == Kind ? signal.Input["person"] : null;
        var outcome = signal.Bookmark.Name != Kind ? Unreachable : person is JsonObject ? Found : NotFound;
        step.Set(Person, person?.DeepClone());
        step.Subject().Dossier.Note(LedgerAct.DataLookedUp, HumanTask.Data(new JsonObject { ["source"] = "CSDLQG về dân cư", ["outcome"] = outcome }), step.Subject().Act);
        return StepResult.With(outcome);
    }
}
