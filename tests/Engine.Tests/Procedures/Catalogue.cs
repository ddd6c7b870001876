using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>What a manager of the catalogue sends.</summary>
internal static class Catalogue
{
    public const string Day = "2026-11-20";

    /// <summary>A complete entry; the test changes what it is about.</summary>
    public static JsonObject Entry(string code, Action<JsonObject>? change = null)
    {
        var entry = new JsonObject
        {
            ["code"] = code,
            ["name_vi"] = $"Thủ tục thử {code}",
            ["field"] = "Thử nghiệm",
            ["level"] = "xã",
            ["authority"] = "UBND cấp xã",
            ["decision"] = "01/QĐ-UBND",
            ["channels"] = new JsonObject { ["direct"] = true, ["post"] = false, ["online"] = true },
            ["online_level"] = "toan_trinh",
            ["time"] = new JsonObject { ["value"] = 5, ["unit"] = "working_day" },
            ["fee"] = new JsonArray(new JsonObject { ["amount"] = 50_000, ["currency"] = "VND", ["per"] = "hồ sơ" }),
            ["papers"] = new JsonArray(new JsonObject { ["name"] = "Tờ khai", ["originals"] = 1, ["copies"] = 0 }),
            ["result"] = new JsonArray(new JsonObject { ["code"] = null, ["name"] = "Giấy xác nhận" }),
        };
        change?.Invoke(entry);
        return entry;
    }

    public static JsonObject Wording(string validFrom, JsonObject entry, string? validTo = null, bool overrule = false) => new()
    {
        ["validFrom"] = validFrom,
        ["validTo"] = validTo,
        ["wording"] = new JsonObject { ["entry"] = entry.DeepClone(), ["reason"] = "QĐ 12/QĐ-UBND", ["overrule"] = overrule },
    };

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string content, string fileName = "thu-tuc.json") =>
        client.UploadAsync(Encoding.UTF8.GetBytes(content), fileName);

    public static async Task<HttpResponseMessage> UploadAsync(this HttpClient client, byte[] content, string fileName = "thu-tuc.json")
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", fileName);
        return await client.PostAsync(new Uri("/api/v1/procedure-imports", UriKind.Relative), form);
    }

    public static Task<HttpResponseMessage> PostFileAsync(this HttpClient client, string path, string content) =>
        client.PostAsync(new Uri("/api/v1" + path, UriKind.Relative), new StringContent(content, Encoding.UTF8, "application/json"));

    public static async Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await client.PutAsync(new Uri("/api/v1" + path, UriKind.Relative), content);
    }

    /// <summary>Every row of an import that fits the filter.</summary>
    public static async Task<List<JsonElement>> RowsAsync(this HttpClient client, string importId, string filter = "")
    {
        var rows = new List<JsonElement>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await client.ReadAsync($"/procedure-imports/{importId}/rows?size=200&cursor={cursor}&{filter}");
            rows.AddRange(page.List("items"));
            cursor = page.GetProperty("next").GetString();
        }

        return rows;
    }

    public static List<string> Codes(this JsonElement row) => [.. row.List("findings").Select(finding => finding.Text("code"))];
}
