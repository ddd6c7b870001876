using System.Diagnostics.CodeAnalysis;

namespace PublicService.Dossiers;

/// <summary>The seven forms of TT 03/2025/TT-VPCP, by their number there.</summary>
public enum FormKind
{
    Receipt = 1,
    SupplementRequest = 2,
    Refusal = 3,
    Apology = 4,
    StopNotice = 5,
    ControlSheet = 6,
    Register = 7,
}

/// <summary>What the law and the office call each form, and which act issues it.</summary>
public static class FormKinds
{
    /// <summary>Forms that are issued one by one, with a number; 06 and 07 are made from the ledger whenever somebody asks.</summary>
    public static IReadOnlyList<FormKind> Issued { get; } =
        [FormKind.Receipt, FormKind.SupplementRequest, FormKind.Refusal, FormKind.Apology, FormKind.StopNotice];

    /// <summary>Number of the form in the circular, for example <c>01</c>.</summary>
    public static string No(this FormKind kind) => $"0{(int)kind}";

    /// <summary>Name of the form in the circular (Phụ lục I) [found in two secondary sources; the circular itself was not seen].</summary>
    public static string Name(this FormKind kind) => kind switch
    {
        FormKind.Receipt => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        FormKind.SupplementRequest => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        FormKind.Refusal => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
        FormKind.Apology => "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
        FormKind.StopNotice => "Thông báo dừng giải quyết hồ sơ",
        FormKind.ControlSheet => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        FormKind.Register => "Sổ theo dõi hồ sơ",
    };

    /// <summary>Letters of the kind in the document's sign, in front of the office's (NĐ 30/2020) [modelled: the circular fixes none that was found].</summary>
    public static string Letters(this FormKind kind) => kind switch
    {
        FormKind.Receipt => "GTN",
        FormKind.SupplementRequest => "PBS",
        FormKind.Refusal => "PTC",
        FormKind.Apology => "XLGH",
        FormKind.StopNotice => "TBD",
        FormKind.ControlSheet or FormKind.Register => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This form has no number."),
    };

    /// <summary>The act that issues this form.</summary>
    public static LedgerAct Act(this FormKind kind) => kind switch
    {
        FormKind.Receipt => LedgerAct.Received,
        FormKind.SupplementRequest => LedgerAct.SupplementRequested,
        FormKind.Refusal => LedgerAct.NotAccepted,
        FormKind.Apology => LedgerAct.Extended,
        FormKind.StopNotice => LedgerAct.Stopped,
        FormKind.ControlSheet or FormKind.Register => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No act issues this form."),
    };

    /// <summary>The form an act issues; null for most.</summary>
    public static FormKind? IssuedBy(LedgerAct act) => act switch
    {
        LedgerAct.Received => FormKind.Receipt,
        LedgerAct.SupplementRequested => FormKind.SupplementRequest,
        LedgerAct.NotAccepted => FormKind.Refusal,
        LedgerAct.Extended => FormKind.Apology,
        LedgerAct.Stopped or LedgerAct.Withdrawn => FormKind.StopNotice,
        _ => null,
    };

    public static bool TryParse(string? no, [NotNullWhen(true)] out FormKind? kind)
    {
        kind = no is ['0', >= '1' and <= '7' and var digit] ? (FormKind)(digit - '0') : null;
        return kind is not null;
    }
}
