using System.Text.Json.Nodes;
using PublicService.Activities.Intake;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>Procedure 1.001193, walked from intake to each of its ends.</summary>
public sealed class BirthRegistrationTests
{
    private static readonly WorkflowDefinition Definition = DossierTrial.Procedure("ho-tich/1.001193-dang-ky-khai-sinh.json");

    [Fact]
    public void The_definition_has_no_findings()
    {
        Assert.Empty(DefinitionCheck.Check(Definition));
    }

    [Fact]
    public void A_dossier_handed_in_at_the_commune_goes_from_intake_to_return()
    {
        var trial = new DossierTrial(Definition);

        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");
        LookUp(trial, new JsonObject { ["personalNumber"] = "022226000001" });
        trial.Complete("GhiSo", "Đã ghi sổ");
        trial.Complete("Ky", Sign.Signed);
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        trial.Complete("TraKetQua", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn A", ["method"] = "Counter" });

        Assert.Equal(BusinessStatus.Returned, trial.Dossier.BusinessStatus);
        Assert.Equal(InstanceStatus.Finished, trial.State.Status);
        Assert.Empty(trial.State.Bookmarks);
        Assert.All(trial.Dossier.Ledger, entry => Assert.False(string.IsNullOrEmpty(entry.ActorId)));
    }

    [Theory]
    [InlineData("2026-01-05T14:59:00+07:00", "2026-01-05")]
    [InlineData("2026-01-05T15:01:00+07:00", "2026-01-06")]
    [InlineData("2026-01-09T16:00:00+07:00", "2026-01-10")] // Saturday 10 January is worked for Friday 2 January
    [InlineData("2026-01-16T16:00:00+07:00", "2026-01-19")]
    public void Received_after_three_the_result_is_due_on_the_next_working_day(string received, string due)
    {
        var trial = new DossierTrial(Definition, at: DateTimeOffset.Parse(received, System.Globalization.CultureInfo.InvariantCulture));

        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        Assert.Equal(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), VietnamTime.DateOf(trial.Dossier.DueAt!.Value));
    }

    [Fact]
    public void An_online_applicant_who_is_silent_for_a_working_day_agrees_with_the_draft()
    {
        var trial = new DossierTrial(Definition, Channel.Online);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");
        Assert.Equal(Role.Citizen, trial.Task("XacNhan").Role);

        trial.Pass(TimeSpan.FromHours(23));
        Assert.Contains("XacNhan", trial.Waiting);
        trial.Pass(TimeSpan.FromHours(1));

        Assert.Contains("SoDinhDanh", trial.Waiting);
        Assert.Contains(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.ConsentBySilence);
    }

    [Fact]
    public void An_online_applicant_may_ask_for_a_change_of_the_draft_and_then_agree()
    {
        var trial = new DossierTrial(Definition, Channel.Online);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");

        trial.Complete("XacNhan", "Đề nghị sửa");
        trial.Complete("SuaDuThao", "Đã sửa");
        trial.Complete("XacNhan", "Đồng ý");

        Assert.Contains("SoDinhDanh", trial.Waiting);
    }

    [Fact]
    public void Verification_by_another_commune_pauses_the_clock_for_what_it_took()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        var due = trial.Dossier.DueAt;

        trial.Complete("ThamTra", "Cần xác minh tình trạng hôn nhân");
        Assert.Equal(DossierTrial.OtherCommune, trial.Task("XacMinh").OfficeId);
        Assert.Equal(PauseKinds.ExcludedStep, trial.Dossier.OpenPauses);
        trial.Pass(TimeSpan.FromDays(1));
        trial.Complete("XacMinh", "Đã xác minh");

        Assert.Equal(PauseKinds.None, trial.Dossier.OpenPauses);
        Assert.Equal(due!.Value.AddDays(1), trial.Dossier.DueAt);
        Assert.Contains("SoDinhDanh", trial.Waiting);
    }

    [Fact]
    public void Verification_without_an_answer_goes_on_after_three_working_days()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Cần xác minh tình trạng hôn nhân");

        trial.Pass(TimeSpan.FromDays(3));

        Assert.Contains("SoDinhDanh", trial.Waiting);
    }

    [Fact]
    public void A_dossier_received_at_the_provincial_centre_is_taken_over_by_the_commune()
    {
        var trial = new DossierTrial(Definition, receiving: DossierTrial.Centre);

        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        Assert.Equal(DossierTrial.Commune, trial.Task("NhanBanGiao").OfficeId);
        trial.Complete("NhanBanGiao", "Đã nhận");
        Assert.Contains("ThamTra", trial.Waiting);
    }

    [Fact]
    public void A_supplement_pauses_the_clock_and_leads_back_to_the_check()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Bản chụp mờ" });
        Assert.Equal(BusinessStatus.AwaitingSupplement, trial.Dossier.BusinessStatus);

        trial.Pass(TimeSpan.FromDays(1));
        trial.Resume("BoSung", RequestSupplement.BookmarkName, new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") });

        Assert.Equal(BusinessStatus.InProgress, trial.Dossier.BusinessStatus);
        Assert.Contains("ThamTra", trial.Waiting);
    }

    [Fact]
    public void A_supplement_that_never_comes_ends_the_dossier()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Thiếu" });

        trial.Pass(TimeSpan.FromDays(70));

        Assert.Equal(BusinessStatus.Stopped, trial.Dossier.BusinessStatus);
        Assert.Equal(InstanceStatus.Finished, trial.State.Status);
    }

    [Fact]
    public void A_supplement_before_reception_leads_back_to_intake()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Supplement, new JsonObject { ["papers"] = new JsonArray("Tờ khai"), ["reason"] = "Chưa ký" });

        trial.Resume("BoSungBanDau", RequestSupplement.BookmarkName, new JsonObject { ["papers"] = new JsonArray("Tờ khai") });
        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        Assert.Equal(["TheoDoiHan", "ThamTra"], trial.State.Bookmarks.Select(bookmark => bookmark.ActivityId).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void Refused_at_the_counter_ends_with_status_three()
    {
        var trial = new DossierTrial(Definition);

        trial.Complete("TiepNhan", Intake.Intake.Refused, new JsonObject { ["reason"] = "Không thuộc thẩm quyền" });

        Assert.Equal(BusinessStatus.NotAccepted, trial.Dossier.BusinessStatus);
        Assert.Equal(InstanceStatus.Finished, trial.State.Status);
    }

    [Fact]
    public void Not_eligible_after_reception_stops_the_dossier()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        trial.Complete("ThamTra", "Không đủ điều kiện", new JsonObject { ["reason"] = "Đã đăng ký ở nơi khác" });

        Assert.Equal(BusinessStatus.Stopped, trial.Dossier.BusinessStatus);
    }

    [Fact]
    public void The_leader_sends_back_only_with_a_reason()
    {
        var trial = AtSignature();

        var refusal = Assert.Throws<RefusedException>(() => trial.Complete("Ky", Sign.SentBack));
        Assert.Equal("REASON_REQUIRED", refusal.Code);
    }

    [Fact]
    public void Sent_back_by_the_leader_it_is_checked_again_and_signed()
    {
        var trial = AtSignature();

        trial.Complete("Ky", Sign.SentBack, note: "Sai tên mẹ");
        trial.Complete("ThamTra", "Đủ điều kiện");
        LookUp(trial, null);
        trial.Complete("GhiSo", "Đã ghi sổ");
        trial.Complete("Ky", Sign.Signed);

        Assert.Contains("PhatHanh", trial.Waiting);
    }

    [Fact]
    public void A_population_database_that_does_not_answer_holds_nobody_up()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");

        trial.Pass(TimeSpan.FromMinutes(60));

        Assert.Contains("GhiSo", trial.Waiting);
    }

    [Fact]
    public void The_deadline_warns_once_and_tells_when_it_is_broken()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        trial.Pass(TimeSpan.FromDays(1));

        Assert.Single(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.DeadlineWarned);
        Assert.Single(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.DeadlineBreached);
        Assert.Contains("ThamTra", trial.Waiting);
    }

    [Fact]
    public void A_dossier_that_waits_for_its_citizen_is_not_warned_of_until_its_clock_runs_on()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Thiếu" });

        trial.Pass(TimeSpan.FromDays(20));
        Assert.DoesNotContain(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.DeadlineWarned or LedgerAct.DeadlineBreached);
        trial.Resume("BoSung", RequestSupplement.BookmarkName, new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") });
        trial.Pass(TimeSpan.FromDays(4));

        Assert.Single(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.DeadlineWarned);
        Assert.Single(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.DeadlineBreached);
    }

    private static DossierTrial AtSignature()
    {
        var trial = new DossierTrial(Definition);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");
        LookUp(trial, null);
        trial.Complete("GhiSo", "Đã ghi sổ");
        return trial;
    }

    private static void LookUp(DossierTrial trial, JsonObject? person) =>
        trial.Resume("SoDinhDanh", LookUpPopulation.Kind, new JsonObject { ["person"] = person });
}
