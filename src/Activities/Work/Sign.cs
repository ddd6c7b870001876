using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Work;

/// <summary>Ký kết quả: the leader's own right, apart from approving, numbering and handing over.</summary>
[Activity(
    "PublicService.Sign",
    Palette.Category,
    "Ký",
    Description = "Lãnh đạo có thẩm quyền ký, hoặc trả lại để xử lý tiếp (bắt buộc ghi lý do).")]
[Outcomes(Signed, SentBack)]
public sealed class Sign : Activity
{
    public const string Signed = "Đã ký";
    public const string SentBack = "Trả lại";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Ký kết quả");

    [Field("Người ký", Options = ["LD_PHONG=Lãnh đạo phòng", "LD_DON_VI=Lãnh đạo đơn vị", "LD_TINH=Lãnh đạo UBND tỉnh"])]
    public Input<string> Role { get; } = new(Dossiers.Role.OfficeLeader);

    [Field("Cơ quan")]
    public Input<string> Office { get; } = new(OfficeRule.Competent);

    [Field("Thời hạn bước (giờ làm việc)")]
    public Input<int> Hours { get; } = new(2);

    public override StepResult Enter(StepContext step)
    {
        step.Subject().BeginWork();
        return step.Ask(step.Get(Title)!, step.Get(Role)!, OfficeRule.Resolve(step, step.Get(Office)), step.Get(Hours), [Signed, SentBack], act: FormalActs.Sign);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var answer = step.Answer(signal);
        var subject = step.Subject();
        if (answer.Outcome == SentBack)
        {
            if (string.IsNullOrWhiteSpace(answer.Note))
            {
                throw new RefusedException("REASON_REQUIRED", "Trả lại hồ sơ phải ghi lý do.");
            }

            subject.Dossier.Note(LedgerAct.MovedBack, HumanTask.Data(new JsonObject { ["step"] = step.Get(Title) }), subject.Act with { Reason = answer.Note });
        }
        else
        {
            subject.Dossier.Note(LedgerAct.Signed, HumanTask.Data(new JsonObject { ["step"] = step.Get(Title) }), subject.Act);
        }

        return StepResult.With(answer.Outcome);
    }
}
