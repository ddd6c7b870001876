using System.Text.Json.Nodes;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>Procedure 2.000986: the birth certificate first, then the police and the social insurance side by side, then one end.</summary>
public sealed class LinkedBirthTests
{
    private const string Residence = "ThuongTru";
    private const string Insurance = "TheBhyt";
    private const string Registered = "Đã đăng ký thường trú";
    private const string Issued = "Đã cấp thẻ BHYT";
    private static readonly WorkflowDefinition Definition = DossierTrial.Procedure("lien-thong/2.000986-lien-thong-khai-sinh-thuong-tru-bhyt.json");

    [Fact]
    public void Nothing_leaves_for_the_other_systems_before_the_birth_certificate_is_signed()
    {
        var trial = Checked();

        Assert.DoesNotContain(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.TransferSent);
        trial.Complete("KyKhaiSinh", Sign.Signed);

        Assert.Equal(2, trial.Dossier.Ledger.Count(entry => entry.Act is LedgerAct.TransferSent));
        Assert.Equal([Insurance, Residence], trial.Waiting.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Residence, Insurance)]
    [InlineData(Insurance, Residence)]
    public void Both_answers_in_either_order_lead_to_one_release_without_a_word_of_failure(string first, string second)
    {
        var trial = Signed();

        trial.Answer(first, Success(first));
        Assert.DoesNotContain("PhatHanh", trial.Waiting);
        trial.Answer(second, Success(second));

        Finish(trial);
        Assert.Equal(BusinessStatus.Returned, trial.Dossier.BusinessStatus);
        Assert.Empty(Told(trial));
    }

    [Theory]
    [InlineData(Residence, Insurance, true)]
    [InlineData(Residence, Insurance, false)]
    [InlineData(Insurance, Residence, true)]
    [InlineData(Insurance, Residence, false)]
    public void One_part_refused_does_not_stop_the_other_and_the_dossier_still_ends(string refused, string other, bool refusedFirst)
    {
        var trial = Signed();
        if (!refusedFirst)
        {
            trial.Answer(other, Success(other));
        }

        trial.Answer(refused, refused == Residence ? "Từ chối đăng ký" : "Từ chối cấp thẻ", new JsonObject { ["reason"] = "Sai nơi ở" });
        if (refusedFirst)
        {
            trial.Answer(other, Success(other));
        }

        Assert.DoesNotContain("PhatHanh", trial.Waiting);
        trial.Complete("XuLy" + refused, "Kết thúc phần này", new JsonObject { ["reason"] = "Công dân sẽ làm riêng" });

        Finish(trial);
        Assert.Equal(BusinessStatus.Returned, trial.Dossier.BusinessStatus);
        Assert.Equal(["LienThongChuaXong", "LienThongMotPhan"], Told(trial));
    }

    [Fact]
    public void A_silent_system_is_asked_again_when_the_officer_says_so()
    {
        var trial = Signed();
        trial.Answer(Residence, Registered);

        trial.Pass(TimeSpan.FromDays(2));
        Assert.Contains("XuLyTheBhyt", trial.Waiting);
        trial.Complete("XuLyTheBhyt", "Gửi lại");
        Assert.Equal([Insurance], trial.Waiting);
        trial.Answer(Insurance, Issued);

        Finish(trial);
        Assert.Equal(["LienThongChuaXong"], Told(trial));
    }

    [Fact]
    public void Both_parts_may_fail_and_the_birth_certificate_is_still_handed_over()
    {
        var trial = Signed();

        trial.Pass(TimeSpan.FromDays(4));
        trial.Complete("XuLyThuongTru", "Kết thúc phần này");
        trial.Complete("XuLyTheBhyt", "Kết thúc phần này");

        Finish(trial);
        Assert.Equal(BusinessStatus.Returned, trial.Dossier.BusinessStatus);
        Assert.Contains(trial.Messages("notification"), message => message["text"]?.ToString().Contains("đăng ký thường trú, cấp thẻ BHYT", StringComparison.Ordinal) == true);
    }

    private static string Success(string part) => part == Residence ? Registered : Issued;

    private static DossierTrial Checked()
    {
        var trial = new DossierTrial(Definition, Channel.Online, limit: TimeLimit.WorkingDays(20));
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");
        trial.Resume("SoDinhDanh", LookUpPopulation.Kind, new JsonObject { ["person"] = new JsonObject { ["personalNumber"] = "022226000001" } });
        trial.Complete("GhiSo", "Đã ghi sổ");
        return trial;
    }

    private static DossierTrial Signed()
    {
        var trial = Checked();
        trial.Complete("KyKhaiSinh", Sign.Signed);
        return trial;
    }

    private static void Finish(DossierTrial trial)
    {
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        trial.Complete("TraKetQua", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn A", ["method"] = "Electronic" });
        Assert.Equal(InstanceStatus.Finished, trial.State.Status);
    }

    /// <summary>Templates that tell the citizen of a part that failed, in the order they left.</summary>
    private static IEnumerable<string> Told(DossierTrial trial) =>
        trial.Messages("notification").Select(message => message["template"]!.ToString()).Where(template => template.StartsWith("LienThong", StringComparison.Ordinal));
}
