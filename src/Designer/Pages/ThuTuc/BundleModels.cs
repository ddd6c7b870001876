using System.Text.Json;
using PublicService.Designer.Pages.QuyTrinh;

namespace PublicService.Designer.Pages.ThuTuc;

/// <summary>What taking over a procedure's file changes, or would change.</summary>
public sealed record BundleReview(
    string Code,
    DateOnly ValidFrom,
    bool DryRun,
    bool IsNewWording,
    IReadOnlyList<EntryDifference> Differences,
    WorkflowDifference? Workflow,
    IReadOnlyList<EntryFinding> Warnings)
{
    /// <summary>The file says what is here already.</summary>
    public bool ChangesNothing => !IsNewWording && Workflow is not { IsNew: true };
}

/// <summary>A field of the catalogue; values as compact JSON, made readable as far as they are texts and lists of texts.</summary>
public sealed record EntryDifference(string Field, string? Before, string? After)
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["code"] = "Mã thủ tục",
        ["name_vi"] = "Tên thủ tục",
        ["field"] = "Lĩnh vực",
        ["level"] = "Cấp thực hiện",
        ["authority"] = "Cơ quan thực hiện",
        ["decision"] = "Quyết định công bố",
        ["source"] = "Nguồn",
        ["channels"] = "Cách thức thực hiện",
        ["online_level"] = "Mức độ trực tuyến",
        ["time"] = "Thời hạn giải quyết",
        ["fee"] = "Phí, lệ phí",
        ["papers"] = "Thành phần hồ sơ",
        ["result"] = "Kết quả",
        ["non_boundary"] = "Phi địa giới",
        ["coordination"] = "Phối hợp",
        ["rules"] = "Quy tắc",
        ["notes"] = "Ghi chú",
        ["steps"] = "Các bước",
        ["total_step_hours"] = "Tổng giờ các bước",
        ["verified"] = "Đã kiểm chứng",
        ["formSchema"] = "Biểu mẫu điện tử",
        ["form_schema"] = "Biểu mẫu điện tử",
        ["definitionId"] = "Quy trình",
        ["definition_id"] = "Quy trình",
        ["validTo"] = "Ngày hết hiệu lực",
        ["valid_to"] = "Ngày hết hiệu lực",
    };

    /// <summary>What people call the field.</summary>
    public string Name => Names.GetValueOrDefault(Field, Field);

    /// <summary>For the table of changes.</summary>
    public FieldChange Shown => new(Name, Text(Before), Text(After));

    private static string? Text(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var read = JsonDocument.Parse(json);
        return read.RootElement switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.True } => "có",
            { ValueKind: JsonValueKind.False } => "không",
            { ValueKind: JsonValueKind.Array } list => string.Join('\n', list.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.String ? item.GetString() : item.GetRawText())),
            var other => other.GetRawText(),
        };
    }
}

/// <summary>A workflow against the one that is published; the difference is null when none is.</summary>
public sealed record WorkflowDifference(string VersionId, bool IsNew, bool IsPublished, int Steps, Difference? Difference);

/// <summary>Something to know about the entry.</summary>
public sealed record EntryFinding(string Code, string Level, string Field, string? Raw, string Sentence, string? Suggestion);
