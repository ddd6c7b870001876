using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using static PublicService.Engine.NationalPortal.PortalSubject;

namespace PublicService.Engine.NationalPortal;

/// <summary>The lists inside a DongBoHoSoMC message.</summary>
internal sealed partial class DossierMessage
{
    /// <summary>Papers there were then; those taken out before stay in the list as deleted.</summary>
    private JsonArray PapersOf(PortalSubject subject, LedgerEntry line) => [.. subject.Papers.Where(paper => paper.UploadedAt <= line.At).Select(paper => new JsonObject
    {
        ["TepDinhKemId"] = paper.Id.ToString(),
        ["TenTepDinhKem"] = Short(paper.FileName, 4000),
        ["IsDeleted"] = paper.RemovedAt <= line.At ? "True" : "False",
        ["MaThanhPhanHoSo"] = paper.Kind,
        ["DuongDanTaiTepTin"] = Link($"api/v1/dossiers/{paper.DossierId}/papers/{paper.Id}/content"),
        ["DuocSoHoa"] = "1",
        // Nothing marks a paper as reused or as taken from the national store yet, so neither is claimed.
        ["DuocTaiSuDung"] = "0",
        ["DuocLayTuKhoDMQG"] = "0",
        ["MaKetQuaThayThe"] = string.Empty,
    })];

    /// <summary>Electronic results in force then. One without a national code cannot be told, and is not told under another.</summary>
    private JsonArray ResultsOf(PortalSubject subject, LedgerEntry line)
    {
        var from = subject.Last(line, LedgerAct.Reopened)?.At ?? DateTimeOffset.MinValue;
        return
        [
            .. subject.Results
                .Where(result => result.Code.Length > 0 && result.IssuedAt >= from && result.IssuedAt <= line.At && !(result.RevokedAt <= line.At))
                .Select(result => new JsonObject
                {
                    ["TenGiayTo"] = Short(result.Name, 2000),
                    ["MaThanhPhanHoSo"] = string.Empty,
                    ["GiayToId"] = result.Id.ToString(),
                    ["DuongDanTepTinKetQua"] = Link($"api/v1/dossiers/{result.DossierId}/results/{result.Id}"),
                    ["MaGiayToKetQua"] = result.Code,
                }),
        ];
    }

    /// <summary>Codes of fees are not on file, so they stay empty; a waived or cancelled charge is not in the list.</summary>
    private static JsonArray FeesOf(List<LedgerEntry> past)
    {
        var fees = new JsonArray();
        foreach (var line in past)
        {
            switch (line.Act)
            {
                case LedgerAct.FeeRequested or LedgerAct.PaymentRequested:
                    fees.Add(new JsonObject
                    {
                        ["TenPhiLePhi"] = line.Act is LedgerAct.FeeRequested ? "Phí, lệ phí" : Short(line.Reason ?? "Nghĩa vụ tài chính", 1000),
                        ["MaPhiLePhi"] = string.Empty,
                        ["HinhThucThu"] = string.Empty,
                        ["Gia"] = Text(line, "amount") ?? "0",
                        ["LoaiPhiLePhi"] = string.Empty,
                    });
                    break;
                case LedgerAct.PaymentWaived or LedgerAct.PaymentCancelled when fees.Count > 0:
                    fees.RemoveAt(fees.Count - 1);
                    break;
                case LedgerAct.PaymentRefunded:
                    fees.Clear();
                    break;
                default:
                    break;
            }
        }

        return fees;
    }

    private static JsonArray SupplementsOf(string code, List<LedgerEntry> past)
    {
        var supplements = new JsonArray();
        foreach (var request in past.Where(line => line.Act is LedgerAct.SupplementRequested))
        {
            var answer = past.Find(line => line.Act is LedgerAct.SupplementProvided && line.Sequence > request.Sequence);
            supplements.Add(new JsonObject
            {
                ["HoSoBoSungId"] = string.Create(CultureInfo.InvariantCulture, $"{code}-BS{supplements.Count + 1}"),
                ["NguoiYeuCauBoSung"] = request.ActorName,
                ["NoiDungBoSung"] = Short($"{request.Reason} {PaperNames(request)}".Trim(), 4000),
                ["NgayBoSung"] = Time(request.At),
                ["NguoiTiepNhanBoSung"] = answer?.ActorName ?? string.Empty,
                ["ThongTinTiepNhan"] = answer is null ? string.Empty : Short(PaperNames(answer), 4000),
                ["NgayTiepNhanBoSung"] = Time(answer?.At),
                ["TrangThaiBoSung"] = answer is null ? "0" : "1",
                ["DanhSachGiayToBoSung"] = new JsonArray(),
                ["DanhSachLePhiBoSung"] = new JsonArray(),
                ["NgayHenTraTruoc"] = Time(request.DueAfter),
                ["NgayHenTraMoi"] = Time(answer?.DueAfter),
            });
        }

        return supplements;
    }

    private static string PaperNames(LedgerEntry line) =>
        line.Data is { } data && JsonNode.Parse(data)?["papers"] is JsonArray papers ? $"({string.Join("; ", papers.Select(paper => paper?.ToString()))})" : string.Empty;

    private string Link(string path) => options.FileUrl is { Length: > 0 } address ? new Uri(new Uri(address), path).ToString() : string.Empty;
}
