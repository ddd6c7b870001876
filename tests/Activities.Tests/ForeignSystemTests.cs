using System.Text.Json.Nodes;
using PublicService.Activities.Fees;
using PublicService.Activities.Work;
using PublicService.Dossiers;

namespace PublicService.Activities.Tests;

/// <summary>Procedures that wait for a system of another authority: its answer, its question, its silence.</summary>
public sealed class ForeignSystemTests
{
    [Fact]
    public void Residence_that_the_police_are_silent_about_is_told_to_the_citizen_and_asked_again()
    {
        var trial = Residence();

        trial.Pass(TimeSpan.FromDays(8)); // six working days
        Assert.Contains(trial.Messages("notification"), message => message["template"]!.ToString() == "ChamTraLoi");
        trial.Complete("DonDoc", "Gửi lại");
        trial.Answer("ChuyenCongAn", "Đã cập nhật cư trú", new JsonObject { ["number"] = "CT08-1" });
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "8/TB" });
        trial.Resume("LePhi", CollectFee.BookmarkName, new JsonObject { ["amount"] = 10_000, ["receipt"] = "BL-1" });
        trial.Complete("TraKetQua", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn A", ["method"] = "Electronic" });

        Assert.Equal(BusinessStatus.Returned, trial.Dossier.BusinessStatus);
    }

    [Fact]
    public void Papers_the_police_ask_for_pause_the_clock_and_go_back_to_them()
    {
        var trial = Residence();

        trial.Answer("ChuyenCongAn", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Hợp đồng thuê nhà"), ["reason"] = "Thiếu" });
        Assert.Equal(BusinessStatus.AwaitingSupplement, trial.Dossier.BusinessStatus);
        Assert.Contains("Hợp đồng thuê nhà", trial.Messages("notification")[^1]["papers"]!.AsArray().Select(paper => paper!.ToString()));
        trial.Resume("BoSung", Intake.RequestSupplement.BookmarkName, new JsonObject { ["papers"] = new JsonArray("Hợp đồng thuê nhà") });

        Assert.Contains("ChuyenCongAn", trial.Waiting);
        Assert.Equal(2, trial.Dossier.Ledger.Count(entry => entry.Act is LedgerAct.TransferSent));
    }

    [Fact]
    public void A_sent_dossier_is_in_progress_though_no_officer_of_ours_works_on_it()
    {
        Assert.Equal(BusinessStatus.InProgress, Residence().Dossier.BusinessStatus);
    }

    [Fact]
    public void A_tax_debt_stops_the_clock_until_it_is_paid()
    {
        var trial = Closing();
        trial.Answer("ThueXacNhan", "Còn nghĩa vụ thuế", new JsonObject { ["amount"] = 1_200_000 });
        Assert.Equal((BusinessStatus.AwaitingPayment, 1_200_000L), (trial.Dossier.BusinessStatus, trial.Dossier.AmountDue));
        var due = trial.Dossier.DueAt;

        trial.Pass(TimeSpan.FromDays(1));
        trial.Resume("NghiaVuThue", CollectFee.BookmarkName, new JsonObject { ["amount"] = 1_200_000, ["receipt"] = "KB-9" });

        Assert.Equal(due!.Value.AddDays(1), trial.Dossier.DueAt);
        Assert.Contains("DuThao", trial.Waiting);
    }

    [Fact]
    public void Tax_papers_that_are_missing_are_asked_of_the_citizen_and_the_tax_system_is_asked_again()
    {
        var trial = Closing();

        trial.Answer("ThueXacNhan", "Còn nghĩa vụ thuế", new JsonObject { ["reason"] = "Chưa nộp tờ khai quý" });
        Assert.Equal(BusinessStatus.AwaitingSupplement, trial.Dossier.BusinessStatus);
        trial.Resume("BoSungThue", Intake.RequestSupplement.BookmarkName, new JsonObject { ["papers"] = new JsonArray("Tờ khai quý") });
        trial.Answer("ThueXacNhan", "Đã hoàn thành nghĩa vụ thuế");

        Assert.Contains("DuThao", trial.Waiting);
    }

    [Theory]
    [InlineData("1950-12-31", null, true)]
    [InlineData("1951-01-04", null, true)]
    [InlineData("1951-01-06", null, false)]
    [InlineData("1980-01-01", "1940-01-01", true)] // what the population database says counts
    public void Who_is_seventy_five_needs_no_examination_of_poverty(string declared, string? recorded, bool old)
    {
        var form = new JsonObject { ["beneficiary"] = new JsonObject { ["birthDate"] = declared } };
        var trial = new DossierTrial(DossierTrial.Procedure("bao-tro-xa-hoi/1.014027-tro-cap-huu-tri-xa-hoi.json"), limit: TimeLimit.WorkingDays(10), form: form);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        trial.Resume("XacThuc", LookUpPopulation.Kind, new JsonObject { ["person"] = recorded is null ? null : new JsonObject { ["birthDate"] = recorded } });

        Assert.Contains(old ? "HoiBhxh" : "XetHoNgheo", trial.Waiting);
    }

    [Fact]
    public void Adoption_waits_for_opinions_police_and_posting_side_by_side()
    {
        var form = new JsonObject { ["child"] = new JsonObject { ["abandoned"] = true }, ["feeExemption"] = "ho-hang" };
        var trial = new DossierTrial(DossierTrial.Procedure("nuoi-con-nuoi/2.001263-dang-ky-nuoi-con-nuoi.json"), limit: TimeLimit.WorkingDays(22), form: form);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Hồ sơ hợp lệ");
        Assert.Equal(["CongAnXacMinh", "LayYKien", "NiemYet"], trial.Waiting.Order(StringComparer.Ordinal));

        trial.Complete("LayYKien", "Tất cả đồng ý");
        trial.Complete("CongAnXacMinh", "Đủ điều kiện");
        Assert.DoesNotContain("TongHop", trial.Waiting);
        trial.Pass(TimeSpan.FromDays(7));

        Assert.Contains("TongHop", trial.Waiting);
    }

    private static DossierTrial Residence()
    {
        var trial = new DossierTrial(DossierTrial.Procedure("cu-tru/1.004222-dang-ky-thuong-tru.json"), Channel.Online, limit: TimeLimit.WorkingDays(7));
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        return trial;
    }

    private static DossierTrial Closing()
    {
        var trial = new DossierTrial(DossierTrial.Procedure("ho-kinh-doanh/1.001266-cham-dut-hoat-dong-ho-kinh-doanh.json"), limit: TimeLimit.WorkingDays(3));
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("KiemTra", "Hợp lệ");
        return trial;
    }
}
