using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Json;

namespace PublicService.Engine.Tests.VersionMoves;

/// <summary>Steps of procedures made for one test, as JSON.</summary>
internal static class TestSteps
{
    public static string Two(string first, string title) => $"{Step(first, title)},{Step("B", "Duyệt")}";

    public static string Step(string id, string title, string role = "CHUYEN_VIEN", params string[] outcomes) => new JsonObject
    {
        ["id"] = id,
        ["type"] = "PublicService.OfficerTask",
        ["title"] = Input("String", "Literal", title),
        ["role"] = Input("String", "Literal", role),
        ["outcomes"] = Input("String[]", "Object", JsonSerializer.Serialize(outcomes is [] ? ["Xong"] : outcomes, JsonText.Readable)),
    }.ToJsonString(JsonText.Readable);

    public static string Branches(params string[] branches) => string.Join(',', new[]
    {
        new JsonObject { ["id"] = "Chia", ["type"] = "Elsa.FlowFork", ["branches"] = Input("String[]", "Object", JsonSerializer.Serialize(branches)) }.ToJsonString(),
        new JsonObject { ["id"] = "Hop", ["type"] = "Elsa.FlowJoin", ["mode"] = Input("FlowJoinMode", "Literal", "WaitAll") }.ToJsonString(),
    }.Concat(branches.Select(branch => Step(branch, "Nhánh " + branch))));

    public static string BranchArrows(params string[] branches) =>
        string.Join('\n', branches.SelectMany(branch => new[] { $"Chia/{branch} > {branch}", $"{branch}/Xong > Hop" }).Append("Hop/Done > KetThuc"));

    private static JsonObject Input(string type, string kind, string value) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value } };
}
