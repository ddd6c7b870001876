using PublicService.Workflows.BuiltIn.Composition;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Drawings;

/// <summary>Vietnamese words for what Elsa's own activities call in English; ours speak Vietnamese already.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["Elsa.Start"] = "Bắt đầu",
        ["Elsa.End"] = "Kết thúc",
        ["Elsa.Finish"] = "Kết thúc toàn bộ",
        ["Elsa.FlowDecision"] = "Rẽ nhánh đúng/sai",
        ["Elsa.FlowSwitch"] = "Rẽ nhiều nhánh",
        ["Elsa.FlowFork"] = "Chia nhánh song song",
        ["Elsa.FlowJoin"] = "Gộp nhánh",
        ["Elsa.Flowchart"] = "Sơ đồ",
        ["Elsa.Sequence"] = "Chuỗi bước",
        ["Elsa.If"] = "Nếu – thì",
        ["Elsa.Delay"] = "Chờ một khoảng thời gian",
        ["Elsa.Event"] = "Chờ sự kiện",
        ["Elsa.SetVariable"] = "Gán biến",
        ["Elsa.RunJavaScript"] = "Chạy JavaScript",
    };

    private static readonly Dictionary<string, string> Ports = new()
    {
        ["Done"] = "Xong",
        ["True"] = "Đúng",
        ["False"] = "Sai",
        ["Default"] = "Còn lại",
        ["Then"] = "Thì",
        ["Else"] = "Ngược lại",
    };

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["Condition"] = "Điều kiện",
        ["Cases"] = "Các trường hợp",
        ["Mode"] = "Cách chọn",
        ["Branches"] = "Các nhánh",
        ["Variable"] = "Biến",
        ["Value"] = "Giá trị",
        ["Script"] = "Đoạn mã",
        ["Text"] = "Nội dung",
        ["Result"] = "Kết quả",
    };

    public static string OfKind(ActivityNode node) => node.Activity is NotFoundActivity
        ? $"Không rõ loại ({node.Source.GetText("type")})"
        : Kinds.GetValueOrDefault(node.Type) ?? node.Activity.Descriptor.DisplayName;

    public static string OfPort(ActivityNode node, string port)
    {
        var shown = node.Activity.Descriptor.Ports.FirstOrDefault(known => known.Name == port)?.DisplayName ?? port;
        return shown == port ? Ports.GetValueOrDefault(port, port) : shown;
    }

    public static string OfField(string displayName) => Fields.GetValueOrDefault(displayName, displayName);
}
