using System.Text.Json.Nodes;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>What citizens write into the electronic forms of the procedures that tests start.</summary>
internal static class TestForms
{
    /// <summary>A form its procedure accepts; empty for procedures that ask for none.</summary>
    public static JsonObject Of(string procedure) => procedure switch
    {
        "1.004873" => MaritalStatus(),
        "1.013225" => BuildingPermit(),
        "1.013227" => PermitExtension(),
        "2.000635" => ExtractCopy(),
        "2.000986" => ThreeInOneBirth(),
        _ => [],
    };

    public static JsonObject MaritalStatus() => new()
    {
        ["requester"] = new JsonObject { ["fullName"] = "Nguyễn Văn Mẫu", ["personalId"] = "022090001234" },
        ["subject"] = new JsonObject { ["fullName"] = "Nguyễn Văn Mẫu", ["personalId"] = "022090001234", ["maritalStatus"] = "chua-ket-hon" },
        ["purpose"] = "ket-hon",
    };

    public static JsonObject ExtractCopy() => new()
    {
        ["requester"] = new JsonObject { ["fullName"] = "Nguyễn Văn Mẫu", ["personalId"] = "022090001234" },
        ["record"] = new JsonObject { ["kind"] = "khai-sinh", ["subjectName"] = "Nguyễn Văn Mẫu" },
        ["copies"] = 2,
    };

    public static JsonObject BuildingPermit() => new()
    {
        ["investor"] = new JsonObject { ["kind"] = "ca-nhan", ["name"] = "Nguyễn Văn Mẫu", ["personalId"] = "022090001234", ["phone"] = "0912345678" },
        ["site"] = new JsonObject { ["address"] = "Tổ 5, khu 2, phường Hồng Gai", ["communeOfficeId"] = OneStop.Ward },
        ["project"] = new JsonObject { ["kind"] = "nha-o-rieng-le", ["floors"] = 3, ["floorArea"] = 210.5 },
    };

    public static JsonObject PermitExtension() => new()
    {
        ["investor"] = new JsonObject { ["kind"] = "ca-nhan", ["name"] = "Nguyễn Văn Mẫu", ["phone"] = "0912345678" },
        ["permit"] = new JsonObject { ["number"] = "12/GPXD", ["issuedOn"] = "2025-12-01" },
        ["reason"] = "Chưa khởi công kịp",
    };

    public static JsonObject ThreeInOneBirth() => new()
    {
        ["requester"] = new JsonObject { ["fullName"] = "Nguyễn Văn Mẫu", ["personalId"] = "022090001234", ["relation"] = "cha" },
        ["child"] = new JsonObject
        {
            ["fullName"] = "Nguyễn Minh An",
            ["sex"] = "nam",
            ["birthDate"] = "2026-11-10",
            ["birthPlace"] = "Bệnh viện Sản Nhi Quảng Ninh",
            ["nationality"] = "Việt Nam",
            ["ethnicity"] = "Kinh",
        },
        ["mother"] = new JsonObject { ["fullName"] = "Trần Thị Thử" },
        ["residence"] = new JsonObject { ["address"] = "Tổ 5, khu 2, phường Hồng Gai", ["headName"] = "Nguyễn Văn Mẫu", ["headId"] = "022090001234", ["headConsent"] = true },
        ["insurance"] = new JsonObject { ["hospital"] = "Trạm y tế phường Hồng Gai" },
    };
}
