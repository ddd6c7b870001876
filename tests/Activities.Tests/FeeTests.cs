using System.Text.Json.Nodes;
using PublicService.Activities.Fees;
using PublicService.Dossiers;

namespace PublicService.Activities.Tests;

/// <summary>What the workflows ask a citizen to pay: by page, by case, by channel, by list, and nothing for who is exempt.</summary>
public sealed class FeeTests
{
    [Theory]
    [InlineData("1x1", 2_000)]
    [InlineData("2x1", 4_000)]
    [InlineData("3x1", 5_000)]
    [InlineData("2x5", 20_000)]
    [InlineData("198x1", 200_000)] // 4,000 for the first two pages, 196,000 for the others
    [InlineData("199x1", 200_000)]
    [InlineData("1000x3", 600_000)] // the cap is for each copy
    [InlineData("3x2 1x1 500x1", 212_000)]
    public void A_certified_copy_costs_by_page_up_to_a_cap_for_each_copy(string documents, long fee)
    {
        var trial = new DossierTrial(DossierTrial.Procedure("chung-thuc/2.000815-chung-thuc-ban-sao-tu-ban-chinh.json"), form: Batch(documents));

        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        Assert.Equal(fee, trial.Dossier.AmountDue);
        Assert.Equal(["Ky", "Phi"], trial.Waiting.Where(id => id != "TheoDoiHan").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_small_batch_of_copies_needs_four_clicks_and_the_payment()
    {
        var trial = new DossierTrial(DossierTrial.Procedure("chung-thuc/2.000815-chung-thuc-ban-sao-tu-ban-chinh.json"), form: Batch("2x5 1x5"));

        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("Ky", Work.Sign.Signed);
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "815/2026" });
        Assert.DoesNotContain("TraKetQua", trial.Waiting);
        trial.Resume("Phi", CollectFee.BookmarkName, new JsonObject { ["amount"] = 30_000, ["receipt"] = "BL-1" });
        trial.Complete("TraKetQua", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn A", ["method"] = "Counter" });

        Assert.Equal(BusinessStatus.Returned, trial.Dossier.BusinessStatus);
    }

    [Fact]
    public void A_large_batch_is_compared_by_an_officer_who_may_correct_the_pages()
    {
        var trial = new DossierTrial(DossierTrial.Procedure("chung-thuc/2.000815-chung-thuc-ban-sao-tu-ban-chinh.json"), form: Batch("2x11"));
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        Assert.Equal(0, trial.Dossier.AmountDue);

        trial.Complete("DoiChieu", "Đúng với bản chính", new JsonObject { ["documents"] = new JsonArray(new JsonObject { ["pages"] = 3, ["copies"] = 11 }) });

        Assert.Equal(55_000, trial.Dossier.AmountDue);
    }

    [Theory]
    [InlineData(Channel.Direct, 20_000)]
    [InlineData(Channel.Online, 10_000)]
    public void Permanent_residence_costs_less_online(Channel channel, long fee)
    {
        var trial = new DossierTrial(DossierTrial.Procedure("cu-tru/1.004222-dang-ky-thuong-tru.json"), channel, limit: TimeLimit.WorkingDays(7));

        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        Assert.Equal(fee, trial.Dossier.AmountDue);
    }

    [Theory]
    [InlineData(Channel.Direct, 0, 15_000)]
    [InlineData(Channel.Online, 0, 7_000)]
    [InlineData(Channel.Online, 3, 30_000)]
    public void Temporary_residence_costs_by_channel_or_by_head_of_a_list(Channel channel, int people, long fee)
    {
        var form = new JsonObject { ["members"] = new JsonArray([.. Enumerable.Range(0, people).Select(_ => (JsonNode)new JsonObject { ["fullName"] = "Mẫu" })]) };
        var trial = new DossierTrial(DossierTrial.Procedure("cu-tru/1.004194-dang-ky-tam-tru.json"), channel, limit: TimeLimit.WorkingDays(3), form: form);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        if (people > 0)
        {
            trial.Complete("RaSoatDanhSach", "Danh sách đúng");
        }

        trial.Answer("ChuyenCongAn", "Đã đăng ký tạm trú");
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "7/TB" });

        Assert.Equal(fee, trial.Dossier.AmountDue);
    }

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(3, 30_000)]
    public void A_certified_signature_costs_by_case(int papers, long fee)
    {
        var form = new JsonObject { ["documents"] = new JsonArray([.. Enumerable.Range(0, papers).Select(_ => (JsonNode)new JsonObject { ["name"] = "Giấy ủy quyền" })]) };
        var trial = new DossierTrial(DossierTrial.Procedure("chung-thuc/2.000884-chung-thuc-chu-ky.json"), form: form);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Pass(TimeSpan.FromMinutes(30));
        trial.Complete("KyTaiQuay", "Đã ký trước mặt");
        trial.Complete("LoiChung", "Trình ký");

        Assert.Equal(fee, trial.Dossier.AmountDue);
    }

    [Theory]
    [InlineData("khong", 400_000)]
    [InlineData("ho-hang", 0)]
    public void Adoption_is_free_for_exempt_families(string exemption, long fee)
    {
        var trial = new DossierTrial(
            DossierTrial.Procedure("nuoi-con-nuoi/2.001263-dang-ky-nuoi-con-nuoi.json"), limit: TimeLimit.WorkingDays(22), form: new JsonObject { ["feeExemption"] = exemption });

        trial.Complete("TiepNhan", Intake.Intake.Accepted);

        Assert.Equal(fee, trial.Dossier.AmountDue);
    }

    [Theory]
    [InlineData("Đăng ký đúng hạn", "khong", 0)]
    [InlineData("Đăng ký quá hạn", "khong", 15_000)]
    [InlineData("Đăng ký quá hạn", "ho-ngheo", 0)]
    public void Only_a_late_death_registration_of_somebody_not_exempt_costs(string outcome, string exemption, long fee)
    {
        var form = new JsonObject { ["deathNotice"] = new JsonObject(), ["feeExemption"] = exemption };
        var trial = new DossierTrial(DossierTrial.Procedure("ho-tich/1.000656-dang-ky-khai-tu.json"), form: form);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("KiemTraGiayBaoTu", "Hợp lệ");
        trial.Complete("ThamTra", outcome, new JsonObject { ["fee"] = 15_000 });
        trial.Complete("GhiSo", "Đã ghi sổ");
        trial.Complete("Ky", Work.Sign.Signed);
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "9/TLKT" });

        Assert.Equal(fee, trial.Dossier.AmountDue);
    }

    /// <param name="documents">Pages times copies of each document: <c>3x2 1x1</c>.</param>
    private static JsonObject Batch(string documents) => new()
    {
        ["documents"] = new JsonArray([.. documents.Split(' ').Select(text => text.Split('x')).Select(one => (JsonNode)new JsonObject
        {
            ["name"] = "Bằng tốt nghiệp",
            ["pages"] = int.Parse(one[0], System.Globalization.CultureInfo.InvariantCulture),
            ["copies"] = int.Parse(one[1], System.Globalization.CultureInfo.InvariantCulture),
        })]),
    };
}
