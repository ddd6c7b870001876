using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using static PublicService.Engine.NationalPortal.PortalSubject;

namespace PublicService.Engine.NationalPortal;

/// <summary>The fields of CapNhatTienDoHoSoMC: one step of a dossier.</summary>
internal sealed class ProgressMessage(OfficeDirectory offices)
{
    public const string Service = "CapNhatTienDoHoSoMC";

    public JsonObject Of(Dossier dossier, LedgerEntry line) => new()
    {
        ["MaHoSo"] = dossier.Code,
        ["NguoiXuLy"] = DossierMessage.Short(line.ActorName, 50),
        ["ChucDanh"] = string.Empty,
        ["ThoiDiemXuLy"] = Time(line.At),
        ["PhongBanXuLy"] = offices.TryFind(line.OfficeId)?.Name ?? string.Empty,
        ["NoiDungXuLy"] = DossierMessage.Short(ContentOf(line), 2000),
        ["TrangThai"] = ((int)line.StatusAfter).ToString(CultureInfo.InvariantCulture),
        ["NgayBatDau"] = string.Empty,
        ["NgayKetThucTheoQuyDinh"] = Time(line.DueAfter),
    };

    private static string ContentOf(LedgerEntry line) => line.Act switch
    {
        LedgerAct.TaskCompleted => $"{Text(line, "title")}: {Text(line, "outcome")}",
        LedgerAct.SupplementProvided => "Đã bổ sung giấy tờ",
        LedgerAct.PaymentConfirmed => "Đã thực hiện nghĩa vụ tài chính",
        LedgerAct.Forwarded => "Chuyển cơ quan có thẩm quyền",
        LedgerAct.Reopened => "Thu hồi kết quả để xử lý lại",
        LedgerAct.TransferSent or LedgerAct.OpinionAsked => "Gửi cơ quan phối hợp",
        LedgerAct.TransferAnswered or LedgerAct.OpinionGiven => "Cơ quan phối hợp đã trả lời",
        LedgerAct.ConsentBySilence => "Hết thời hạn trả lời, coi như đồng ý",
        LedgerAct.Published => "Niêm yết công khai",
        LedgerAct.Approved => "Đã duyệt",
        LedgerAct.Signed => "Đã ký",
        LedgerAct.MovedBack => "Trả lại bước trước",
        LedgerAct.StepSkipped => "Bỏ qua bước",
        LedgerAct.ResultArrived => "Kết quả đã về nơi trả",
        LedgerAct.ResultPosted => "Đã gửi kết quả qua bưu chính",
        LedgerAct.ResultCameBack => "Bưu chính hoàn trả kết quả",
        _ => line.StatusAfter.Word(),
    };
}
