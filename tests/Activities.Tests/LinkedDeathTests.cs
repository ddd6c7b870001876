using System.Text.Json.Nodes;
using PublicService.Activities.Coordination;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>Procedure 2.002622: what the commune itself decides are dossiers of its own, what others decide goes to their systems.</summary>
public sealed class LinkedDeathTests
{
    private const string Funeral = "MaiTang";
    private static readonly WorkflowDefinition Definition = DossierTrial.Procedure("lien-thong/2.002622-lien-thong-khai-tu-mai-tang-phi.json");

    [Theory]
    [InlineData(false, new[] { "1.001731" })]
    [InlineData(true, new[] { "1.001731", "1.001776" })]
    public void Funeral_costs_are_a_dossier_of_the_commune_and_an_allowance_ends_with_another(bool allowance, string[] procedures)
    {
        var trial = Signed("mai-tang", allowance);

        Assert.Equal(procedures, trial.Dossier.Ledger.Where(entry => entry.Act is LedgerAct.LinkedDossierStarted).Select(entry => JsonNode.Parse(entry.Data!)!["procedure"]!.ToString()));
        Assert.All(Enumerable.Range(0, procedures.Length), _ => End(trial, BusinessStatus.Returned));
        trial.Answer("XoaThuongTru", "Đã xóa đăng ký thường trú");

        Finish(trial);
        Assert.Empty(Told(trial));
    }

    [Fact]
    public void A_part_that_was_stopped_is_told_and_may_be_opened_again()
    {
        var trial = Signed("mai-tang", allowance: true);
        trial.Answer("XoaThuongTru", "Đã xóa đăng ký thường trú");
        End(trial, BusinessStatus.Stopped);
        End(trial, BusinessStatus.Returned);

        trial.Complete("XuLyMaiTang", "Mở lại hồ sơ con");
        End(trial, BusinessStatus.Returned);
        End(trial, BusinessStatus.Returned);

        Finish(trial);
        Assert.Equal(["LienThongChuaXong"], Told(trial));
    }

    [Fact]
    public void Police_that_never_answer_do_not_keep_the_dossier_from_its_end()
    {
        var trial = Signed("khong", allowance: false);

        trial.Pass(TimeSpan.FromDays(3));
        trial.Complete("XuLyXoaThuongTru", "Kết thúc phần này");

        Finish(trial);
        Assert.Equal(["LienThongChuaXong", "LienThongMotPhan"], Told(trial));
    }

    [Fact]
    public void Survivors_benefits_are_asked_of_the_social_insurance_instead()
    {
        var trial = Signed("tu-tuat", allowance: true);

        Assert.Equal(["TuTuat", "XoaThuongTru"], trial.Waiting.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.LinkedDossierStarted);
    }

    private static DossierTrial Signed(string benefit, bool allowance)
    {
        var form = new JsonObject
        {
            ["requester"] = new JsonObject { ["fullName"] = "Nguyễn Văn A", ["personalId"] = "022086000001", ["relation"] = "con" },
            ["deceased"] = new JsonObject
            {
                ["fullName"] = "Nguyễn Văn B", ["personalId"] = "022040000001", ["birthDate"] = "1940-02-01", ["deathDate"] = "2026-01-03", ["deathPlace"] = "Tại nhà", ["monthlyAllowance"] = allowance,
            },
            ["benefit"] = benefit,
        };
        var trial = new DossierTrial(Definition, Channel.Online, limit: TimeLimit.WorkingDays(10), form: form);
        trial.Complete("TiepNhan", Intake.Intake.Accepted);
        trial.Complete("ThamTra", "Đủ điều kiện");
        trial.Complete("GhiSo", "Đã ghi sổ");
        trial.Complete("KyTrichLuc", Sign.Signed);
        return trial;
    }

    private static void End(DossierTrial trial, BusinessStatus status) => trial.Resume(Funeral, StartLinkedDossiers.BookmarkName, new JsonObject
    {
        ["code"] = "H49.40-260105-0002",
        ["status"] = status.Word(),
        ["statusCode"] = (int)status,
        ["completed"] = status is BusinessStatus.Returned,
    });

    private static void Finish(DossierTrial trial)
    {
        trial.Complete("PhatHanh", "Đã phát hành", new JsonObject { ["resultNumber"] = "9/TLKT" });
        trial.Complete("TraKetQua", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn A", ["method"] = "Counter" });
        Assert.Equal((BusinessStatus.Returned, InstanceStatus.Finished), (trial.Dossier.BusinessStatus, trial.State.Status));
    }

    private static IEnumerable<string> Told(DossierTrial trial) =>
        trial.Messages("notification").Select(message => message["template"]!.ToString()).Where(template => template.StartsWith("LienThong", StringComparison.Ordinal));
}
