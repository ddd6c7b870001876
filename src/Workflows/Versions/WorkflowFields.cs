using System.Text.Json.Nodes;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Versions;

/// <summary>What a definition says of itself: name, description, variables, inputs, outputs, options.</summary>
internal static class WorkflowFields
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["activationStrategyType"] = "Số lượt chạy cùng lúc",
        ["usableAsActivity"] = "Dùng được như một bước",
        ["autoUpdateConsumingWorkflows"] = "Tự cập nhật quy trình dùng nó",
        ["activityCategory"] = "Nhóm khi dùng như một bước",
        ["incidentStrategyType"] = "Xử lý khi có lỗi",
        ["commitStrategyName"] = "Cách ghi",
        ["procedureCode"] = "Mã thủ tục",
    };

    /// <summary>Kept by the editor for its own use.</summary>
    private static readonly HashSet<string> OfEditor = ["VariableTestValues"];

    public static IReadOnlyList<FieldChange> Compare(WorkflowDefinition before, WorkflowDefinition after)
    {
        var (old, now) = (before.Source, after.Source);
        return
        [
            .. One("Tên quy trình", old.Get("name"), now.Get("name")),
            .. One("Mô tả", old.Get("description"), now.Get("description")),
            .. Entries("Biến", old.GetArray("variables"), now.GetArray("variables"), "id"),
            .. Entries("Đầu vào", old.GetArray("inputs"), now.GetArray("inputs"), "name"),
            .. Entries("Đầu ra", old.GetArray("outputs"), now.GetArray("outputs"), "name"),
            .. One("Kết quả của quy trình", Filled(old.GetArray("outcomes")), Filled(now.GetArray("outcomes"))),
            .. Settings(old.GetObject("options") ?? [], now.GetObject("options") ?? []),
            .. Settings(old.GetObject("customProperties") ?? [], now.GetObject("customProperties") ?? []),
        ];
    }

    /// <summary>Things with a name of their own (variables, inputs): added, gone, or other in what they are.</summary>
    /// <param name="key">What makes two of them the same.</param>
    public static IEnumerable<FieldChange> Entries(string kind, JsonArray before, JsonArray after, string key)
    {
        var (old, now) = (ByKey(before, key), ByKey(after, key));
        foreach (var id in old.Keys.Concat(now.Keys).Distinct())
        {
            var (was, becomes) = (old.GetValueOrDefault(id), now.GetValueOrDefault(id));
            var name = (becomes ?? was)!.GetText("name") ?? id;
            foreach (var change in One($"{kind} “{name}”", was is null ? null : Described(was), becomes is null ? null : Described(becomes)))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<FieldChange> Settings(JsonObject before, JsonObject after) =>
        StepFields.KeysOf(before, after).Where(name => !OfEditor.Contains(name)).SelectMany(name => One(Names.GetValueOrDefault(name, name), before.Get(name), after.Get(name)));

    private static IEnumerable<FieldChange> One(string field, JsonNode? from, JsonNode? to) =>
        ValueText.Difference(field, from, to) is { } change ? [change] : [];

    private static JsonArray? Filled(JsonArray list) => list.Count == 0 ? null : list;

    private static Dictionary<string, JsonObject> ByKey(JsonArray list, string key) => list.OfType<JsonObject>()
        .GroupBy(one => one.GetFilledText(key) ?? one.GetText("name") ?? "").ToDictionary(group => group.Key, group => group.Last());

    /// <summary>A variable or input in words; what the editor alone needs is left out.</summary>
    private static JsonValue Described(JsonObject entry)
    {
        var type = (entry.GetFilledText("typeName") ?? entry.GetFilledText("type") ?? "Object") + (entry.GetFlag("isArray") ? "[]" : "");
        var parts = new[]
        {
            ("tên", entry.GetFilledText("name")), ("kiểu", type), ("nhãn", entry.GetFilledText("displayName")), ("mô tả", entry.GetFilledText("description")),
            ("mặc định", ValueText.Of(entry.Get("value") ?? entry.Get("defaultValue"))),
        };
        return JsonValue.Create(string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1} {part.Item2}")));
    }
}
