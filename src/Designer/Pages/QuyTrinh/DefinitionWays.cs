using System.Security.Claims;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>The pages about one definition.</summary>
/// <param name="Here">Address part of the page that is open.</param>
public sealed record DefinitionWays(string DefinitionId, string Here)
{
    private static readonly (string Address, string Word)[] Pages =
    [
        ("so-do", "Sơ đồ"),
        ("phien-ban", "Phiên bản"),
        ("so-sanh", "So sánh phiên bản"),
        ("ban-do-nhiet", "Bản đồ nhiệt"),
        ("chay-thu", "Chạy thử"),
        ("chuyen-phien-ban", "Chuyển hồ sơ"),
    ];

    /// <summary>Links in their order, without what this person may not use.</summary>
    public IEnumerable<(string Address, string Word, bool IsHere)> LinksFor(ClaimsPrincipal person) =>
        Pages.Where(page => page.Address != "chay-thu" || person.MayTry()).Select(page => ($"/quy-trinh/{Uri.EscapeDataString(DefinitionId)}/{page.Address}", page.Word, page.Address == Here));

    /// <summary>The editor.</summary>
    public string Studio => $"/studio/workflows/definitions/{Uri.EscapeDataString(DefinitionId)}/edit";
}
