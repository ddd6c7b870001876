using System.Text.Json.Nodes;
using PublicService.Activities.Deadlines;
using PublicService.Activities.Fees;
using PublicService.Dossiers;
using PublicService.Workflows.Running;
using static PublicService.Activities.Tests.OneStep;

namespace PublicService.Activities.Tests;

/// <summary>Work that crosses offices and systems, fees, posting and letters, one step at a time.</summary>
public sealed class CoordinationTests
{
    [Fact]
    public void A_transfer_waits_for_the_other_office_and_takes_its_answer()
    {
        var trial = Run("PublicService.Transfer", Transfer(days: 5), ["Đã xử lý", Coordination.Transfer.Overdue]);

        Assert.Equal(DossierTrial.OtherCommune, trial.Task(Id).OfficeId);
        trial.Complete(Id, "Đã xử lý");

        Assert.Equal(["Đã xử lý"], trial.Lines);
        Assert.Contains(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.TransferAnswered);
    }

    [Fact]
    public void A_transfer_without_an_answer_leaves_as_overdue_and_its_task_goes()
    {
        var trial = Run("PublicService.Transfer", Transfer(days: 5), ["Đã xử lý", Coordination.Transfer.Overdue]);

        trial.Pass(TimeSpan.FromDays(10));

        Assert.Equal([Coordination.Transfer.Overdue], trial.Lines);
        Assert.Empty(trial.State.Bookmarks);
    }

    [Fact]
    public void A_transfer_may_take_silence_for_an_answer()
    {
        var inputs = Transfer(days: 5);
        inputs["silenceOutcome"] = Literal("String", "Đã xử lý");
        var trial = Run("PublicService.Transfer", inputs, ["Đã xử lý"]);

        trial.Pass(TimeSpan.FromDays(10));

        Assert.Equal(["Đã xử lý"], trial.Lines);
        Assert.Contains(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.ConsentBySilence);
    }

    [Fact]
    public void A_foreign_system_is_asked_by_message_and_answers_by_its_key()
    {
        var inputs = Transfer(days: 0);
        inputs["system"] = Literal("String", "BHXH Việt Nam");
        var trial = Run("PublicService.Transfer", inputs, ["Đã xử lý"]);

        trial.Resume(Id, Coordination.Callback.BookmarkName, new JsonObject { ["outcome"] = "Đã xử lý", ["data"] = new JsonObject { ["soThe"] = "TE1" } });

        Assert.Equal(["Đã xử lý"], trial.Lines);
    }

    [Fact]
    public void A_foreign_system_cannot_answer_with_an_outcome_the_step_does_not_have()
    {
        var inputs = Transfer(days: 0);
        inputs["system"] = Literal("String", "BHXH Việt Nam");
        var trial = Run("PublicService.Transfer", inputs, ["Đã xử lý"]);

        var refusal = Assert.Throws<RefusedException>(() => trial.Resume(Id, Coordination.Callback.BookmarkName, new JsonObject { ["outcome"] = "Gì đó" }));

        Assert.Equal("OUTCOME_UNKNOWN", refusal.Code);
    }

    [Fact]
    public void All_offices_agree_when_one_says_so_and_the_other_is_silent_for_twelve_days()
    {
        var trial = Run("PublicService.Consult", Consult(), [Coordination.Consult.AllAgree, Coordination.Consult.SomeDisagree]);
        trial.Complete(Id, "Đồng ý");

        trial.Pass(TimeSpan.FromDays(11));
        Assert.Empty(trial.Lines);
        trial.Pass(TimeSpan.FromDays(1));

        Assert.Equal([Coordination.Consult.AllAgree], trial.Lines);
        Assert.Single(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.ConsentBySilence);
    }

    [Fact]
    public void One_other_opinion_is_enough_to_disagree_once_all_have_answered()
    {
        var trial = Run("PublicService.Consult", Consult(), [Coordination.Consult.AllAgree, Coordination.Consult.SomeDisagree]);

        trial.Complete(Id, "Ý kiến khác", note: "Vi phạm hành lang an toàn");
        Assert.Empty(trial.Lines);
        trial.Complete(Id, "Đồng ý");

        Assert.Equal([Coordination.Consult.SomeDisagree], trial.Lines);
        Assert.Equal(2, ((JsonArray)trial.State.Outputs[Id]["Opinions"]!).Count);
    }

    [Fact]
    public void Posting_stands_outside_the_limit_when_the_law_says_so()
    {
        var trial = Run(
            "PublicService.Publish",
            new JsonObject { ["article"] = Literal("String", "Niêm yết 15 ngày"), ["days"] = Literal("Int32", 15) },
            [Coordination.Publish.Ended, Coordination.Publish.Objected]);
        Assert.Equal(PauseKinds.ExcludedStep, trial.Dossier.OpenPauses);

        trial.Pass(TimeSpan.FromDays(15));

        Assert.Equal([Coordination.Publish.Ended], trial.Lines);
        Assert.Equal(PauseKinds.None, trial.Dossier.OpenPauses);
    }

    [Fact]
    public void An_objection_ends_the_posting_early()
    {
        var trial = Run("PublicService.Publish", [], [Coordination.Publish.Ended, Coordination.Publish.Objected]);

        trial.Complete(Id, Coordination.Publish.Objected, note: "Tranh chấp ranh giới");

        Assert.Equal([Coordination.Publish.Objected], trial.Lines);
    }

    [Fact]
    public void A_fee_does_not_pause_the_clock_and_the_first_report_counts()
    {
        var trial = Run("PublicService.CollectFee", new JsonObject { ["amount"] = Literal("Decimal", 8000) }, [CollectFee.Paid, CollectFee.Waived, CollectFee.Expired]);
        Assert.Equal(PauseKinds.None, trial.Dossier.OpenPauses);

        trial.Resume(Id, CollectFee.BookmarkName, new JsonObject { ["amount"] = 8000, ["receipt"] = "BL-1" });

        Assert.Equal([CollectFee.Paid], trial.Lines);
        Assert.Equal(8000, trial.Dossier.AmountPaid);
        Assert.Empty(trial.State.Bookmarks);
    }

    [Fact]
    public void A_report_of_the_wrong_sum_is_refused_and_changes_nothing()
    {
        var trial = Run("PublicService.CollectFee", new JsonObject { ["amount"] = Literal("Decimal", 8000) }, [CollectFee.Paid, CollectFee.Waived, CollectFee.Expired]);

        var refusal = Assert.Throws<RefusedException>(() => trial.Resume(Id, CollectFee.BookmarkName, new JsonObject { ["amount"] = 800, ["receipt"] = "BL-1" }));

        Assert.Equal("PAYMENT_WRONG_AMOUNT", refusal.Code);
        Assert.Equal(FinancialStatus.Due, trial.Dossier.FinancialStatus);
    }

    [Fact]
    public void A_duty_to_the_tax_office_pauses_the_clock_until_it_is_paid()
    {
        var trial = Run(
            "PublicService.CollectFee",
            new JsonObject { ["amount"] = Literal("Decimal", 1_000_000), ["kind"] = Literal("String", "Duty"), ["article"] = Literal("String", "Nghĩa vụ tài chính về đất đai") },
            [CollectFee.Paid, CollectFee.Waived, CollectFee.Expired]);
        Assert.Equal(BusinessStatus.AwaitingPayment, trial.Dossier.BusinessStatus);

        trial.Pass(TimeSpan.FromDays(2));
        trial.Complete(Id, CollectFee.Paid, new JsonObject { ["receipt"] = "KB-9" });

        Assert.Equal([CollectFee.Paid], trial.Lines);
        Assert.Equal(PauseKinds.None, trial.Dossier.OpenPauses);
    }

    [Fact]
    public void Nothing_to_pay_goes_on_at_once()
    {
        var trial = Run("PublicService.CollectFee", [], [CollectFee.Paid, CollectFee.Waived, CollectFee.Expired]);

        Assert.Equal([CollectFee.Waived], trial.Lines);
    }

    [Fact]
    public void A_letter_of_apology_needs_a_new_date()
    {
        var trial = Run("PublicService.Apologise", [], [Apologise.Sent, Apologise.NotSent], TimeLimit.WorkingDays(5));

        var refusal = Assert.Throws<RefusedException>(() => trial.Complete(Id, Apologise.Sent, new JsonObject { ["reason"] = "Quá tải" }));

        Assert.Equal("NEW_DUE_REQUIRED", refusal.Code);
    }

    [Fact]
    public void A_letter_nobody_signed_in_time_is_taken_from_the_desk_a_working_day_before_the_promise()
    {
        var trial = Run("PublicService.Apologise", [], [Apologise.Sent, Apologise.NotSent], TimeLimit.WorkingDays(5));

        trial.Pass(TimeSpan.FromDays(3));
        Assert.Empty(trial.Lines);
        trial.Pass(TimeSpan.FromDays(1));

        Assert.Equal([Apologise.NotSent], trial.Lines);
        Assert.Empty(trial.State.Bookmarks);
        Assert.False(trial.Dossier.Extended);
    }

    [Fact]
    public void A_leader_who_may_not_apologise_any_more_is_not_asked()
    {
        var trial = Run("PublicService.Apologise", [], [Apologise.Sent, Apologise.NotSent]);

        Assert.Equal([Apologise.NotSent], trial.Lines);
    }

    [Fact]
    public void Silence_of_another_level_is_counted_in_calendar_days_where_the_law_counts_so()
    {
        var inputs = Transfer(days: 12);
        inputs["unit"] = Literal("String", "Calendar");
        inputs["silenceOutcome"] = Literal("String", "Đã xử lý");
        var trial = Run("PublicService.Transfer", inputs, ["Đã xử lý"]);
        Assert.Equal(trial.Now.AddDays(12), trial.Task(Id).DueAt);

        trial.Pass(TimeSpan.FromDays(12));

        Assert.Equal(["Đã xử lý"], trial.Lines);
    }

    [Fact]
    public void Stopping_ends_the_dossier_with_its_reason()
    {
        var trial = Run("PublicService.Stop", new JsonObject { ["reason"] = Literal("String", "Không bổ sung") }, ["Done"]);

        Assert.Equal(BusinessStatus.Stopped, trial.Dossier.BusinessStatus);
        Assert.Equal(InstanceStatus.Finished, trial.State.Status);
    }

    private static JsonObject Transfer(int days) => new()
    {
        ["office"] = Literal("String", DossierTrial.OtherCommune),
        ["outcomes"] = Literal("List<String>", "[\"Đã xử lý\"]"),
        ["days"] = Literal("Int32", days),
    };

    private static JsonObject Consult() => new()
    {
        ["offices"] = Literal("List<String>", "[\"so-xay-dung\",\"canh-sat-pccc\"]"),
        ["days"] = Literal("Int32", 12),
    };
}
