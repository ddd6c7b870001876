using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Coordination;

/// <summary>Niêm yết công khai: posts for a number of days and takes objections; its time may stand outside the limit (D15).</summary>
[Activity(
    "PublicService.Publish",
    Palette.Category,
    "Niêm yết công khai",
    Description = "Niêm yết công khai trong số ngày quy định và tiếp nhận ý kiến phản đối. Thời gian niêm yết có thể không tính vào thời hạn giải quyết.")]
[Outcomes(Ended, Objected)]
public sealed class Publish : Activity
{
    public const string Ended = "Hết thời gian niêm yết";
    public const string Objected = "Có ý kiến phản đối";

    [Field("Nội dung niêm yết")]
    public Input<string> Title { get; } = new("Theo dõi niêm yết công khai");

    [OfficeField("Nơi niêm yết")]
    public Input<string> Office { get; } = new(OfficeRule.Competent);

    [Field("Số ngày niêm yết")]
    public Input<int> Days { get; } = new(15);

    [Field("Căn cứ không tính vào thời hạn", Description = "Để trống: thời hạn giải quyết vẫn chạy.")]
    public Input<string> Article { get; } = new();

    [Field("Ý kiến phản đối")]
    public Output Objection { get; } = new("String");

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        if (step.Get(Article) is { Length: > 0 } article)
        {
            subject.Dossier.PauseFor(article, step.Get(Title)!, subject.Act);
        }

        subject.Dossier.Note(LedgerAct.Published, HumanTask.Data(new JsonObject { ["title"] = step.Get(Title), ["days"] = step.Get(Days) }), subject.Act);
        step.WaitFor("PublicService.Publish.Timer", null, null, step.Now.AddDays(step.Get(Days)));
        return step.Ask(step.Get(Title)!, Role.CaseOfficer, OfficeRule.Resolve(step, step.Get(Office)), 0, [Objected]);
    }

    /// <summary>Left before its time: the clock that stood for the posting runs on.</summary>
    public override void Leave(StepContext step)
    {
        var subject = step.Subject();
        if (subject.Dossier.IsOpen && step.Get(Article) is { Length: > 0 } && subject.Dossier.OpenPauses.HasFlag(PauseKinds.ExcludedStep))
        {
            subject.Dossier.Resume(subject.Calendar, subject.Act);
        }
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var subject = step.Subject();
        var objected = signal.Bookmark.Name == TaskRequest.BookmarkName;
        if (objected)
        {
            step.Set(Objection, step.Answer(signal).Note);
        }

        if (step.Get(Article) is { Length: > 0 })
        {
            subject.Dossier.Resume(subject.Calendar, subject.Act);
        }

        return StepResult.With(objected ? Objected : Ended);
    }
}
