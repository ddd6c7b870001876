using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Intake;

/// <summary>
/// Yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02): pauses the legal clock (D7) and waits for the citizen, or for the end of the time given.
/// </summary>
[Activity(
    "PublicService.RequestSupplement",
    Palette.Category,
    "Yêu cầu bổ sung",
    Description = "Gửi phiếu yêu cầu bổ sung (mẫu 02) và chờ công dân bổ sung. Thời hạn giải quyết tạm dừng trong thời gian chờ.")]
[Outcomes(Provided, Expired)]
public sealed class RequestSupplement : Activity
{
    public const string Provided = "Đã bổ sung";
    public const string Expired = "Quá hạn bổ sung";

    /// <summary>Kind of stimulus with which the papers arrive.</summary>
    public const string BookmarkName = "PublicService.Supplement";

    [Field("Giấy tờ cần bổ sung", Description = "Chọn trong thành phần hồ sơ của thủ tục, hoặc lấy từ bước trước bằng biểu thức.", Source = FieldSources.Papers)]
    public Input<string[]> Papers { get; } = new([]);

    [Field("Lý do", Hint = UiHints.MultiLine)]
    public Input<string> Reason { get; } = new();

    [Field("Thời gian bổ sung (ngày làm việc)", Description = "Hết thời gian này, bước kết thúc theo nhánh “Quá hạn bổ sung”. 0: chờ không hạn.")]
    public Input<int> Days { get; } = new(30);

    [Field("Giấy tờ đã bổ sung")]
    public Output ProvidedPapers { get; } = new("List<String>");

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var papers = step.Get(Papers)!;
        var days = step.Get(Days);
        DateTimeOffset? until = days > 0 ? subject.Calendar.AddWorkingDays(step.Now, days) : null;
        subject.Dossier.RequestSupplement(papers, step.Get(Reason) ?? string.Empty, days > 0 ? days : null, subject.Act);
        var request = new JsonObject { ["papers"] = new JsonArray([.. papers.Select(paper => (JsonNode)paper)]), ["reason"] = step.Get(Reason), ["until"] = Messages.Notification.Instant(until) };
        step.Emit(Messages.Notification.About(step, "YeuCauBoSung", (JsonObject)request.DeepClone()));
        if (until is not null)
        {
            step.WaitFor(BookmarkName + ".Timer", null, null, until);
        }

        return step.WaitFor(BookmarkName, null, request);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        if (signal.Bookmark.Name != BookmarkName)
        {
            return StepResult.With(Expired);
        }

        var subject = step.Subject();
        var papers = (signal.Input["papers"] as JsonArray ?? []).Select(paper => paper!.ToString()).ToList();
        subject.Dossier.ProvideSupplement(papers, subject.Calendar, subject.Act);
        step.Set(ProvidedPapers, signal.Input["papers"]?.DeepClone());
        return StepResult.With(Provided);
    }
}
