using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using static PublicService.Engine.NationalPortal.PortalSubject;

namespace PublicService.Engine.NationalPortal;

/// <summary>
/// The 36 fields of DongBoHoSoMC: the dossier as it stood after a line of its ledger. What is not known is empty; nothing is made up,
/// no status is told as another, no paper as a result.
/// </summary>
internal sealed partial class DossierMessage(OfficeDirectory offices, NationalPortalOptions options)
{
    public const string Service = "DongBoHoSoMC";

    public JsonObject Of(PortalSubject subject, LedgerEntry line)
    {
        var dossier = subject.Dossier;
        var past = subject.Until(line).ToList();
        var returned = subject.Last(line, LedgerAct.ResultReturned);
        var idNumber = dossier.ApplicantIdNumber?.Trim();
        var papers = PapersOf(subject, line);
        return new JsonObject
        {
            ["MaHoSo"] = dossier.Code,
            ["MaTTHC"] = dossier.ProcedureCode,
            ["TenTTHC"] = subject.Procedure?.Name ?? string.Empty,
            ["MaLinhVuc"] = subject.Procedure is { } known ? options.FieldCodes.GetValueOrDefault(known.Field, string.Empty) : string.Empty,
            ["TenLinhVuc"] = subject.Procedure?.Field ?? string.Empty,
            ["KenhThucHien"] = Number((int)dossier.Channel),
            ["ChuHoSo"] = dossier.ApplicantName,
            ["LoaiDoiTuong"] = IsEnterprise(idNumber) ? "2" : "1",
            ["MaDoiTuong"] = string.Empty,
            ["ThongTinKhac"] = OtherIdentity(idNumber),
            ["Email"] = dossier.ApplicantEmail ?? string.Empty,
            ["Fax"] = string.Empty,
            ["SoDienThoai"] = dossier.ApplicantPhone ?? string.Empty,
            ["TrichYeuHoSo"] = Short(dossier.Title, 1000),
            ["NgayTiepNhan"] = Time(subject.Last(line, LedgerAct.Received)?.At),
            ["NgayHenTra"] = Time(line.DueAfter),
            ["TrangThaiHoSo"] = Number((int)line.StatusAfter),
            ["NgayTra"] = Time(returned?.At),
            ["ThongTinTra"] = Text(returned, "receiver") ?? string.Empty,
            ["HinhThuc"] = Enum.TryParse<ReturnMethod>(Text(returned, "method"), out var method) ? Number((int)method) : string.Empty,
            ["NgayKetThucXuLy"] = Time(EndOf(subject, line)),
            ["DonViXuLy"] = offices.TryFind(subject.OfficeAt(line))?.Name ?? string.Empty,
            ["GhiChu"] = Short(ReasonOf(past, line) ?? string.Empty, 4000),
            ["TaiLieuNop"] = papers,
            ["DanhSachLePhi"] = FeesOf(past),
            ["DanhSachTepDinhKemKhac"] = new JsonArray(),
            ["DanhSachHoSoBoSung"] = SupplementsOf(dossier.Code, past),
            ["DanhSachGiayToKetQua"] = ResultsOf(subject, line),
            ["NoiNopHoSo"] = options.SubmitPlace,
            ["HoSoCoThanhPhanSoHoa"] = Flag(papers.Any(paper => paper!["IsDeleted"]!.ToString() == "False")),
            ["TaiKhoanDuocXacThucVoiVNeID"] = Flag(DossierFacts.IsIdentityVerified(past)),
            ["DuocThanhToanTrucTuyen"] = OnlinePayment(past),
            ["NgayTuChoi"] = Time(subject.Last(line, LedgerAct.NotAccepted)?.At),
            ["DinhDanhCHS"] = IdentityOf(idNumber),
            ["NgayNopHoSo"] = Time(dossier.SubmittedAt),
            ["DSKetNoiCSDL"] = options.PopulationDatabaseCode is { } code && DossierFacts.IsIdentityVerified(past)
                ? new JsonArray(new JsonObject { ["MaCSDL"] = code })
                : [],
        };
    }

    /// <summary>The finish, also of a refused, withdrawn or stopped dossier; a released result that was taken back is none.</summary>
    private static DateTimeOffset? EndOf(PortalSubject subject, LedgerEntry line) => line.StatusAfter switch
    {
        BusinessStatus.Finished or BusinessStatus.Returned => subject.Last(line, LedgerAct.Finished)?.At,
        BusinessStatus.NotAccepted or BusinessStatus.Withdrawn or BusinessStatus.Stopped =>
            subject.Last(line, LedgerAct.NotAccepted, LedgerAct.Withdrawn, LedgerAct.Stopped)?.At,
        _ => null,
    };

    /// <summary>Why the dossier stands where it stands, for the statuses that need a reason.</summary>
    private static string? ReasonOf(List<LedgerEntry> past, LedgerEntry line) => line.StatusAfter switch
    {
        BusinessStatus.AwaitingSupplement => past.FindLast(one => one.Act is LedgerAct.SupplementRequested)?.Reason,
        BusinessStatus.AwaitingPayment => past.FindLast(one => one.Act is LedgerAct.PaymentRequested)?.Reason,
        BusinessStatus.NotAccepted or BusinessStatus.Withdrawn or BusinessStatus.Stopped =>
            past.FindLast(one => one.Act is LedgerAct.NotAccepted or LedgerAct.Withdrawn or LedgerAct.Stopped)?.Reason,
        _ => null,
    };

    /// <summary>Codes 0 none, 2 paid at the province's gateway, 3 not yet paid.</summary>
    private static string OnlinePayment(List<LedgerEntry> past) =>
        DossierFacts.IsPaidOnline(past) ? "2"
        : past.FindLast(one => one.Act is LedgerAct.FeeRequested or LedgerAct.PaymentRequested or LedgerAct.PaymentConfirmed or LedgerAct.PaymentWaived or LedgerAct.PaymentCancelled)
            is { Act: LedgerAct.FeeRequested or LedgerAct.PaymentRequested } ? "3"
        : "0";

    /// <summary>Only the two kinds of number the portal has a code for.</summary>
    private static JsonArray IdentityOf(string? idNumber) =>
        idNumber is { Length: 12 or 9 } && idNumber.All(char.IsAsciiDigit)
            ? [new JsonObject { ["LoaiDinhDanh"] = idNumber.Length == 12 ? "1" : "2", ["SoDinhDanh"] = idNumber }]
            : [];

    private static string OtherIdentity(string? idNumber) =>
        IsEnterprise(idNumber) ? $"Mã số doanh nghiệp: {idNumber}"
        : idNumber is { Length: > 0 } && IdentityOf(idNumber).Count == 0 ? $"Hộ chiếu: {idNumber}"
        : string.Empty;

    private static bool IsEnterprise(string? idNumber) => idNumber is not null && TaxCode().IsMatch(idNumber);

    internal static string Short(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";

    private static string Flag(bool isSo) => isSo ? "1" : "0";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{10}(?:-[0-9]{3})?\z")]
    private static partial Regex TaxCode();
}
