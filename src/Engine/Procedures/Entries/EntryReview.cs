using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Looks at an entry of the catalogue as somebody delivered it: says what is wrong, what differs from the wording in force, and what
/// the entry would be once it is taken over. What the entry does not speak of stays as it is in force.
/// </summary>
internal sealed partial class EntryReview
{
    /// <summary>What the portal or a reviewer must say; the rest may be missing.</summary>
    private static readonly (string Field, string Code, string Sentence)[] Demanded =
    [
        ("name_vi", "NAME_MISSING", "Chưa có tên thủ tục."),
        ("field", "FIELD_MISSING", "Chưa có lĩnh vực."),
        ("authority", "AUTHORITY_MISSING", "Chưa có cơ quan thực hiện."),
    ];

    private static readonly string[] OnlineLevels = ["toan_trinh", "mot_phan", "truc_tiep"];

    /// <summary>Not part of what a procedure is.</summary>
    private static readonly HashSet<string> NotCompared = ["verified", "total_step_hours"];

    private readonly List<EntryFinding> findings = [];
    private readonly JsonObject entry;
    private readonly JsonObject? current;
    private readonly JsonObject clean;

    private EntryReview(JsonObject entry, JsonObject? current)
    {
        this.entry = entry;
        this.current = current;
        clean = (JsonObject?)current?.DeepClone() ?? [];
    }

    public IReadOnlyList<EntryFinding> Findings => findings;

    /// <summary>The entry as it would stand in the catalogue.</summary>
    public JsonObject Clean => clean;

    public IReadOnlyList<EntryDifference> Differences { get; private set; } = [];

    /// <summary>The worst that was found.</summary>
    public EntryLevel Level => findings.Count == 0 ? EntryLevel.Info : findings.Max(finding => finding.Level);

    /// <param name="current">The wording in force; null for a new procedure.</param>
    public static EntryReview Of(JsonObject entry, ProcedureRow? current)
    {
        var review = new EntryReview(entry, current is null ? null : (JsonObject)JsonNode.Parse(current.Json)!);
        review.Look();
        return review;
    }

    /// <summary>Field by field, what differs between two entries.</summary>
    public static IReadOnlyList<EntryDifference> Compare(JsonObject? before, JsonObject after) =>
    [
        .. after.Select(pair => pair.Key).Union(before?.Select(pair => pair.Key) ?? [])
            .Where(field => !NotCompared.Contains(field) && !JsonNode.DeepEquals(before?[field], after[field]))
            .Select(field => new EntryDifference(field, before?[field]?.ToJsonString(JsonText.Readable), after[field]?.ToJsonString(JsonText.Readable))),
    ];

    private void Look()
    {
        foreach (var (field, value) in entry)
        {
            clean[field] = value?.DeepClone();
        }

        LookAtCode();
        foreach (var (field, code, sentence) in Demanded)
        {
            LookAtText(field, code, sentence);
        }

        LookAtLevel();
        LookAtChannels();
        new EntryParts(entry, current, clean, findings).Look();
        ForgetNothingness("decision");
        ForgetNothingness("notes");
        if (clean.Remove("portal_status", out var status) && status.Text() is { } word && word != "1")
        {
            findings.Add(new("NOT_PUBLIC", EntryLevel.Warning, "portal_status", word, "Thủ tục chưa được công khai trên cổng."));
        }

        if (Level < EntryLevel.Refusal)
        {
            TryRead();
        }

        Differences = Compare(current, clean);
        if (current is not null)
        {
            findings.Add(Differences.Count == 0
                ? new("UNCHANGED", EntryLevel.Info, "", null, "Giống nội dung đang có hiệu lực.")
                : new("CHANGED", EntryLevel.Info, "", null, $"Khác nội dung đang có hiệu lực ở: {string.Join(", ", Differences.Select(one => one.Field))}."));
        }
    }

    private void LookAtCode()
    {
        var code = entry["code"].Text();
        if (code is null || !CodeShape().IsMatch(code))
        {
            findings.Add(code is null
                ? new("CODE_MISSING", EntryLevel.Refusal, "code", null, "Chưa có mã thủ tục.")
                : new("CODE_MALFORMED", EntryLevel.Refusal, "code", code, "Mã thủ tục phải có dạng 1.001193."));
            return;
        }

        clean["code"] = code;
    }

    private void LookAtText(string field, string code, string sentence)
    {
        var text = clean[field].Text();
        if (EntryWords.SaysNothing(text))
        {
            findings.Add(new("NO_INFORMATION", EntryLevel.Refusal, field, text, $"“{text}”: {sentence}", current?[field].Text()));
        }
        else if (text is null)
        {
            findings.Add(new(code, EntryLevel.Refusal, field, clean[field]?.ToJsonString(JsonText.Readable), sentence, current?[field].Text()));
        }
        else if (text.Length > 2000 || text.Any(char.IsControl))
        {
            findings.Add(new("TEXT_MALFORMED", EntryLevel.Refusal, field, text[..Math.Min(text.Length, 200)], "Quá dài hoặc có ký tự không hợp lệ."));
        }
        else
        {
            clean[field] = text;
        }
    }

    private void LookAtLevel()
    {
        var level = clean["level"].Text();
        if (level is null || !EntryWords.IsLevel(level))
        {
            findings.Add(new(
                "LEVEL_UNKNOWN", EntryLevel.Refusal, "level", level, "Không rõ cấp thực hiện (xã, tỉnh hoặc bộ).", EntryWords.LevelOf(clean["authority"].Text())));
        }
    }

    private void LookAtChannels()
    {
        if (clean["channels"] is not JsonObject channels || channels.All(pair => pair.Value?.GetValueKind() is not System.Text.Json.JsonValueKind.True))
        {
            findings.Add(new(
                "CHANNELS_MISSING", EntryLevel.Warning, "channels", clean["channels"]?.ToJsonString(JsonText.Readable), "Không rõ cách nộp hồ sơ, tạm hiểu là nộp trực tiếp."));
            clean["channels"] = channels = new JsonObject { ["direct"] = true, ["post"] = false, ["online"] = false };
        }

        var online = clean["online_level"].Text();
        if (!OnlineLevels.Contains(online))
        {
            var derived = channels["online"]?.GetValueKind() is System.Text.Json.JsonValueKind.True ? "mot_phan" : "truc_tiep";
            if (online is not null)
            {
                findings.Add(new("ONLINE_LEVEL_UNKNOWN", EntryLevel.Warning, "online_level", online, "Không rõ mức độ trực tuyến.", derived));
            }

            clean["online_level"] = derived;
        }
    }

    private void ForgetNothingness(string field)
    {
        if (entry[field].Text() is { } text && EntryWords.SaysNothing(text))
        {
            findings.Add(new("NO_INFORMATION", EntryLevel.Warning, field, text, $"“{text}” được hiểu là chưa có."));
            clean[field] = null;
        }
    }

    /// <summary>Whatever the other looks have let pass must still be what the directory can read.</summary>
    private void TryRead()
    {
        try
        {
            _ = ProcedureRow.From(clean, DateOnly.MinValue);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            findings.Add(new("ENTRY_UNREADABLE", EntryLevel.Refusal, "", null, $"Nội dung không đúng cấu trúc của danh mục: {error.Message}"));
        }
    }

    [GeneratedRegex(@"^[0-9]\.[0-9]{6}(?:\.[0-9A-Z]{2,3})*\z")]
    private static partial Regex CodeShape();
}
