using System.Text.Json.Nodes;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>What a trial can begin with, as the engine tells it.</summary>
public sealed record TrialOffer(
    TrialVersion Version,
    IReadOnlyList<TrialVersionLine> Versions,
    string ProcedureCode,
    string ProcedureName,
    string LimitWord,
    IReadOnlyList<string> Channels,
    IReadOnlyList<TrialOffice> Offices,
    TrialStart Start,
    JsonObject? Form);

public sealed record TrialVersion(string Id, string DefinitionId, int Version, string Name, bool IsPublished);

public sealed record TrialVersionLine(int Version, bool IsPublished, bool IsLatest, bool WasPublished)
{
    public string State => IsPublished ? "đang ban hành" : IsLatest && !WasPublished ? "bản nháp" : WasPublished ? "đã thay thế hoặc thu hồi" : "bản cũ";
}

public sealed record TrialOffice(string Id, string Name);

/// <summary>How the dossier of a trial is handed in.</summary>
public sealed record TrialStart(string Channel, string ReceivingOfficeId, string? CompetentOfficeId, JsonObject? Form, DateTimeOffset? SubmittedAt, string? ApplicantName);

/// <summary>Everything there is to see after the last move.</summary>
public sealed record TrialPicture(
    TrialVersion Version,
    DateTimeOffset Now,
    TrialDossier Dossier,
    TrialClock Legal,
    TrialClock Index,
    IReadOnlyList<TrialWaiting> Waits,
    IReadOnlyList<TrialChoice> Moves,
    IReadOnlyList<TrialStep> Steps,
    IReadOnlyList<string> Active,
    IReadOnlyList<string> Done,
    int Accepted,
    TrialProblem? Problem,
    bool Ended,
    IReadOnlyList<string> Warnings);

public sealed record TrialDossier(
    string Code,
    string ProcedureCode,
    string Title,
    string StatusWord,
    string FinancialWord,
    string DeliveryWord,
    long AmountDue,
    string ReceivingOfficeName,
    string CompetentOfficeName,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? FinishedAt,
    string? ResultNumber,
    string LimitWord);

public sealed record TrialClock(
    DateTimeOffset? StartedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    int UsedMinutes,
    int PausedMinutes,
    int? RemainingMinutes,
    bool IsPaused,
    string BandWord,
    bool IsLate,
    IReadOnlyList<TrialSegment> Segments);

public sealed record TrialSegment(DateTimeOffset From, DateTimeOffset To, string Kind, string Because, string? Reason, string? Article, int WorkingMinutes);

public sealed record TrialWaiting(
    string Step, string Kind, string Title, string? Role, string? RoleWord, string? OfficeName, DateTimeOffset? DueAt, JsonObject? Form, JsonObject? Sample, JsonNode? Asked, IReadOnlyList<TrialChoice> Moves)
{
    public string KindWord => Kind switch
    {
        "Task" => "Việc của người",
        "Citizen" => "Chờ công dân",
        "Payment" => "Chờ thanh toán",
        "System" => "Chờ hệ thống khác",
        "Population" => "Chờ CSDL dân cư",
        "LinkedDossier" => "Chờ hồ sơ liên thông",
        "Wallet" => "Chờ ví điện tử",
        "Event" => "Chờ sự kiện",
        "Timer" => "Đồng hồ",
        _ => "Chờ",
    };
}

/// <summary>A move ready to be posted back; it is kept as the engine wrote it.</summary>
public sealed record TrialChoice(string Label, JsonObject Move);

public sealed record TrialStep(
    string Label,
    DateTimeOffset At,
    IReadOnlyList<TrialLine> Lines,
    IReadOnlyList<TrialJournal> Journal,
    IReadOnlyList<TrialMessage> Messages,
    IReadOnlyList<TrialForm> Forms,
    IReadOnlyList<TrialResult> Results,
    IReadOnlyList<string> Troubles);

public sealed record TrialLine(DateTimeOffset At, string ActWord, string ActorName, string OfficeName, string? Reason, string? Article, string StatusWord, DateTimeOffset? DueAfter, JsonNode? Data);

public sealed record TrialJournal(string Step, string? Name, string Type, string Event, IReadOnlyList<string>? Outcomes)
{
    public string EventWord => Event switch
    {
        "Started" => "bắt đầu",
        "Resumed" => "tiếp tục",
        "Suspended" => "chờ",
        "Completed" => "xong",
        "Canceled" => "hủy",
        "Faulted" => "lỗi",
        _ => Event,
    };
}

public sealed record TrialMessage(string Kind, JsonNode? Payload)
{
    public string KindWord => Kind switch
    {
        "notification" => "Thông báo cho công dân",
        "national-portal" => "Đồng bộ Cổng Dịch vụ công quốc gia",
        "payment-request" => "Yêu cầu thanh toán",
        "population-lookup" => "Hỏi CSDL quốc gia về dân cư",
        "transfer" => "Gửi hệ thống liên thông",
        "wallet-offer" => "Lời mời nhận vào ví",
        "linked-dossier" => "Hồ sơ liên thông",
        "deadline-overrun" => "Báo quá hạn cho giám sát",
        "engine-event" => "Sự kiện quy trình",
        _ => Kind,
    };
}

public sealed record TrialForm(string No, string Name, JsonObject Content);

public sealed record TrialResult(string Code, string Name, string? Number, JsonNode? Data);

public sealed record TrialProblem(string Code, string Sentence, string? Step, IReadOnlyDictionary<string, string[]>? Errors);
