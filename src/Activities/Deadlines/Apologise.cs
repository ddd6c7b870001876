using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Deadlines;

/// <summary>
/// Xin lỗi và đề nghị gia hạn (mẫu 04): the leader signs a letter with a new date, once, and before the promise is broken (D11). Without
/// a letter the work goes on and the dossier is overdue. A leader who may not sign one any more is not asked, and a letter nobody signed
/// in time is taken from his desk.
/// </summary>
[Activity(
    "PublicService.Apologise",
    Palette.Category,
    "Xin lỗi, hẹn lại",
    Description = "Lãnh đạo ký văn bản xin lỗi và hẹn lại ngày trả (mẫu 04). Chỉ một lần và trước hạn; không còn được gửi thì bước đi tiếp theo nhánh “Không gửi”.")]
[Outcomes(Sent, NotSent)]
public sealed class Apologise : Activity
{
    public const string Sent = "Đã gửi";
    public const string NotSent = "Không gửi";

    private const string TimerName = "PublicService.Apologise.Timer";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Ký văn bản xin lỗi, hẹn lại ngày trả");

    [Field("Người ký", Options = ["LD_PHONG=Lãnh đạo phòng", "LD_DON_VI=Lãnh đạo đơn vị", "LD_TINH=Lãnh đạo UBND tỉnh"])]
    public Input<string> Role { get; } = new(Dossiers.Role.OfficeLeader);

    [Field("Cơ quan")]
    public Input<string> Office { get; } = new(OfficeRule.Competent);

    public override StepResult Enter(StepContext step)
    {
        if (!step.Subject().Dossier.IsOpen)
        {
            return Ended;
        }

        if (LastInstant(step.Subject()) is not { } last || last <= step.Now)
        {
            return StepResult.With(NotSent);
        }

        step.WaitFor(TimerName, null, null, last);
        return step.Ask(step.Get(Title)!, step.Get(Role)!, OfficeRule.Resolve(step, step.Get(Office)), 4, [Sent, NotSent], Form());
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        if (signal.Bookmark.Name == TimerName)
        {
            return step.Subject().Dossier.IsOpen ? StepResult.With(NotSent) : Ended;
        }

        var answer = step.Answer(signal);
        if (answer.Outcome == Sent)
        {
            var subject = step.Subject();
            if (!DateTimeOffset.TryParse(answer.Form["newDueAt"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var newDue))
            {
                throw new RefusedException("NEW_DUE_REQUIRED", "Văn bản xin lỗi phải ghi ngày hẹn trả mới.");
            }

            subject.Dossier.Extend(newDue, answer.Form["reason"]?.ToString() ?? string.Empty, subject.Calendar, subject.Act);
            step.Emit(Messages.Notification.About(step, "XinLoi", new JsonObject { ["dueAt"] = Messages.Notification.Instant(subject.Dossier.DueAt) }));
        }

        return step.Subject().Dossier.IsOpen ? StepResult.With(answer.Outcome) : Ended;
    }

    /// <summary>The dossier was released or ended while the letter lay there: nobody has to be told of a deadline any more.</summary>
    private static StepResult Ended => StepResult.With([]);

    /// <summary>The last instant at which a letter is legal (D11); null when there is no promise or it was extended before.</summary>
    private static DateTimeOffset? LastInstant(DossierSubject subject)
    {
        if (subject.Dossier is not { IsOpen: true, Extended: false, DueAt: { } due })
        {
            return null;
        }

        var calendar = subject.Calendar;
        if (subject.Dossier.PausedFrom is { } pausedFrom)
        {
            due = calendar.Postpone(due, pausedFrom, subject.Act.At);
        }

        return calendar.AddWorkingDays(due, -calendar.Data.ApologyNoticeDays);
    }

    private static JsonObject Form() => (JsonObject)JsonNode.Parse("""
        {"type":"object","additionalProperties":false,
         "properties":{"newDueAt":{"type":"string","title":"Ngày hẹn trả mới","format":"date-time"},
                       "reason":{"type":"string","title":"Lý do quá hạn","maxLength":1000}}}
        """)!;
}
