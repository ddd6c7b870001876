using PublicService.Engine.Http;

namespace PublicService.Engine.Printing;

/// <summary>Answers with a page: as HTML, or as PDF when <c>?format=pdf</c> or the header <c>Accept</c> asks for it.</summary>
public sealed class PrintedAnswer(PdfPrinter pdf, IHttpContextAccessor accessor)
{
    /// <summary>Stands in the page as well, where it binds the browser that makes the PDF.</summary>
    public const string ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <exception cref="ProblemException">400 for another format; 503 see <see cref="PdfPrinter"/>.</exception>
    public async Task<IResult> OfAsync(string html, string fileName, CancellationToken cancellationToken)
    {
        var http = accessor.HttpContext ?? throw new InvalidOperationException("There is no request to answer.");
        var asPdf = IsPdf(http.Request);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy + "; frame-ancestors 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Vary = "Accept";
        if (!asPdf)
        {
            return TypedResults.Content(html, "text/html; charset=utf-8");
        }

        var content = await pdf.PrintAsync(html, cancellationToken);
        headers.ContentDisposition = $"inline; filename=\"{fileName}.pdf\"";
        return TypedResults.Bytes(content, "application/pdf");
    }

    private static bool IsPdf(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "pdf" => true,
        "html" => false,
        "" => request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1)
            .FirstOrDefault(type => type.MediaType.Value is "application/pdf" or "text/html")?.MediaType == "application/pdf",
        _ => throw Problems.InvalidInput("format", "Chỉ có html và pdf."),
    };
}
