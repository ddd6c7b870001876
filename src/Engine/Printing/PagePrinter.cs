using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PublicService.Dossiers;

namespace PublicService.Engine.Printing;

/// <summary>Makes the HTML page of a form. Pages are Razor components without any script; whatever a person has typed is encoded.</summary>
public sealed class PagePrinter(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>A form 01 to 05.</summary>
    public Task<string> PrintAsync(PrintedForm form) => form.Content.Kind switch
    {
        FormKind.Receipt => PrintAsync<ReceiptPage>(form),
        FormKind.SupplementRequest => PrintAsync<SupplementPage>(form),
        FormKind.Refusal => PrintAsync<RefusalPage>(form),
        FormKind.Apology => PrintAsync<ApologyPage>(form),
        FormKind.StopNotice => PrintAsync<StopPage>(form),
        FormKind.ControlSheet or FormKind.Register => throw new ArgumentOutOfRangeException(nameof(form), form.Content.Kind, "Made of the ledger."),
    };

    public Task<string> PrintAsync(PrintedControlSheet sheet) => PrintAsync<ControlPage>(sheet);

    public Task<string> PrintAsync(PrintedRegister register) => PrintAsync<RegisterPage>(register);

    private async Task<string> PrintAsync<TPage>(object model)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model }));
            return "<!DOCTYPE html>\n" + page.ToHtmlString();
        });
    }
}

/// <summary>What stands on the paper of a form 01 to 05.</summary>
/// <param name="Number">Số, ký hiệu; null on a draft, which says so across the page.</param>
/// <param name="Copies">Copies of form 01; of every other there is one without a name.</param>
public sealed record PrintedForm(FormContent Content, string? Number, IReadOnlyList<PaperCopy> Copies)
{
    public bool IsDraft => Number is null;
}

/// <summary>One copy (liên) of form 01.</summary>
/// <param name="Name">Whose copy it is.</param>
/// <param name="TrackingAddress">Behind its QR code; null prints none.</param>
public sealed record PaperCopy(string? Name, string? TrackingAddress)
{
    public static IReadOnlyList<PaperCopy> One { get; } = [new(null, null)];
}

/// <summary>Form 06.</summary>
/// <param name="Partners">Offices asked besides the one that decides.</param>
public sealed record PrintedControlSheet(
    Letterhead Head,
    string DossierCode,
    string ProcedureName,
    string ApplicantName,
    string CompetentOffice,
    IReadOnlyList<string> Partners,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset PrintedAt,
    IReadOnlyList<(string OfficeName, string? RoleName, ControlLine Line)> Lines);

/// <summary>Form 07, or a part of it when the period is long.</summary>
/// <param name="Next">Address of the next part; null at the end.</param>
public sealed record PrintedRegister(Letterhead Head, DateOnly From, DateOnly To, DateTimeOffset PrintedAt, IReadOnlyList<RegisterLine> Lines, string? Next);

/// <summary>One dossier in the register.</summary>
public sealed record RegisterLine(
    int Ordinal,
    string Code,
    string ProcedureName,
    string ApplicantName,
    string? Contact,
    string CompetentOffice,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? ReturnedAt,
    string? ReturnWord,
    string? Receiver,
    string StatusWord);
