using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Coordination;

/// <summary>
/// Lấy ý kiến: several offices are asked at the same time; the step goes on when all have answered. An office that is silent until the
/// limit has agreed (D14); its silence stands in the ledger with its name.
/// </summary>
[Activity(
    "PublicService.Consult",
    Palette.Category,
    "Lấy ý kiến",
    Description = "Gửi lấy ý kiến nhiều cơ quan cùng lúc và chờ đủ ý kiến. Quá hạn mà không trả lời thì coi là đồng ý.")]
[Outcomes(AllAgree, SomeDisagree)]
public sealed class Consult : Activity
{
    public const string AllAgree = "Tất cả đồng ý";
    public const string SomeDisagree = "Có ý kiến khác";

    private const string Agree = "Đồng ý";
    private const string Disagree = "Ý kiến khác";
    private const string TimerName = "PublicService.Consult.Timer";
    private const string Given = "Opinions";

    [Field("Nội dung lấy ý kiến")]
    public Input<string> Title { get; } = new("Cho ý kiến về hồ sơ");

    [Field("Các cơ quan", Description = "Các cơ quan được lấy ý kiến.", Source = FieldSources.Offices)]
    public Input<string[]> Offices { get; } = new([]);

    [Field("Vai trò", Options = ["PHOI_HOP=Cơ quan phối hợp", "CHUYEN_VIEN=Chuyên viên thụ lý", "LD_DON_VI=Lãnh đạo đơn vị"])]
    public Input<string> Role { get; } = new(Dossiers.Role.Coordinator);

    [Field("Thời hạn (ngày)", Description = "Hết hạn mà im lặng là đồng ý.")]
    public Input<int> Days { get; } = new(12);

    [Field("Đơn vị ngày", Options = ["Calendar=Ngày", "Working=Ngày làm việc"])]
    public Input<string> Unit { get; } = new("Calendar");

    [Field("Các ý kiến", Description = "Cơ quan, ý kiến, nội dung.")]
    public Output Opinions { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var offices = step.Get(Offices)!.Distinct().ToList();
        if (offices.Count == 0)
        {
            step.Set(Opinions, new JsonArray());
            return StepResult.With(AllAgree);
        }

        foreach (var office in offices)
        {
            subject.OfficeOf(office).MustBeValidOn(VietnamTime.DateOf(step.Now));
            subject.Dossier.Note(LedgerAct.OpinionAsked, HumanTask.Data(new JsonObject { ["office"] = office, ["title"] = step.Get(Title) }), subject.Act);
            step.Ask(step.Get(Title)!, step.Get(Role)!, office, 0, [Agree, Disagree]);
        }

        var until = step.Get(Unit) == "Working" ? subject.Calendar.AddWorkingDays(step.Now, step.Get(Days)) : step.Now.AddDays(step.Get(Days));
        step[Given] = new JsonArray();
        return step.WaitFor(TimerName, null, null, until);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var opinions = (JsonArray)step[Given]!.DeepClone();
        if (signal.Bookmark.Name == TimerName)
        {
            foreach (var silent in step.Bookmarks.Where(bookmark => bookmark != signal.Bookmark).ToList())
            {
                var office = TaskRequest.Read(silent.Payload!).OfficeId;
                opinions.Add(Opinion(office, Agree, null, silent: true));
                step.Subject().Dossier.Note(LedgerAct.ConsentBySilence, HumanTask.Data(new JsonObject { ["office"] = office, ["title"] = step.Get(Title) }), step.Subject().Act);
            }

            return Done(step, opinions);
        }

        var answer = step.Answer(signal);
        opinions.Add(Opinion(TaskRequest.Read(signal.Bookmark.Payload!).OfficeId, answer.Outcome, answer.Note, silent: false));
        step.Subject().Dossier.Note(LedgerAct.OpinionGiven, HumanTask.Data((JsonObject)opinions[^1]!.DeepClone()), step.Subject().Act);
        step[Given] = opinions;
        return step.Bookmarks.Any(bookmark => bookmark.Name == TaskRequest.BookmarkName && bookmark != signal.Bookmark) ? StepResult.Wait : Done(step, opinions);
    }

    private StepResult Done(StepContext step, JsonArray opinions)
    {
        step.Set(Opinions, opinions);
        return StepResult.With(opinions.All(opinion => opinion!["opinion"]!.ToString() == Agree) ? AllAgree : SomeDisagree);
    }

    private static JsonObject Opinion(string office, string opinion, string? note, bool silent) =>
        new() { ["office"] = office, ["opinion"] = opinion, ["note"] = note, ["silent"] = silent };
}
