namespace PublicService.Dossiers;

/// <summary>
/// The law written beside every start, pause, resume and extension of the clock.
/// Names of the seven forms are those of TT 03/2025/TT-VPCP as reported by secondary sources; the text of the act was not seen.
/// </summary>
public static class Articles
{
    public const string Reception = "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP, mẫu 01";
    public const string Supplement = "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP, mẫu 02";
    public const string Refusal = "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP, mẫu 03";
    public const string Apology = "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP, mẫu 04";
    public const string Stop = "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP, mẫu 05";
}
