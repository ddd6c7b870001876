using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages.ThuTuc;

/// <summary>Takes over a procedure's file in two steps: first what would change, then, on the word of the person, the change.</summary>
[RequestSizeLimit(LargestForm)]
[RequestFormLimits(ValueLengthLimit = LargestForm, MultipartBodyLengthLimit = LargestForm)]
internal sealed class NhapThuTucModel(Session session, Engine engine) : EnginePage(session, engine)
{
    /// <summary>As the engine takes it.</summary>
    private const int LargestBundle = 8 * 1024 * 1024;

    private const int LargestForm = 12 * 1024 * 1024;

    /// <summary>Why it is taken over; stays with the wording and the version.</summary>
    [BindProperty]
    public string? LyDo { get; set; }

    /// <summary>The file that was reviewed, sealed.</summary>
    [BindProperty]
    public string? NoiDung { get; set; }

    /// <summary>Name of the file, to show it again.</summary>
    [BindProperty]
    public string? TenTep { get; set; }

    public BundleReview? Review { get; private set; }

    /// <summary>Reads the file and says what it would change; nothing is stored.</summary>
    public async Task OnPostDocAsync(IFormFile? tep)
    {
        if (tep is not { Length: > 0 and <= LargestBundle })
        {
            Problem = new(StatusCodes.Status400BadRequest, null, tep is { Length: > 0 } ? "Tệp quá lớn, tối đa 8 MB." : "Hãy chọn tệp thủ tục (.procedure.json).");
            Response.StatusCode = Problem.Status;
            return;
        }

        using var memory = new MemoryStream();
        await tep.CopyToAsync(memory, HttpContext.RequestAborted);
        (NoiDung, TenTep) = (SealedText.Seal(memory.ToArray()), Path.GetFileName(tep.FileName));
        // Of the next page the new values count, not those of this request.
        ModelState.Clear();
        Review = await SendAsync(memory.ToArray(), dryRun: true);
    }

    /// <summary>Takes over what was reviewed. The engine checks everything again.</summary>
    public async Task OnPostNhanAsync()
    {
        if (SealedText.Open(NoiDung, LargestBundle) is { } file)
        {
            Review = await SendAsync(file, dryRun: false);
            return;
        }

        Problem = new(StatusCodes.Status400BadRequest, null, "Không còn nội dung tệp; hãy chọn lại tệp.");
        Response.StatusCode = Problem.Status;
    }

    private Task<BundleReview?> SendAsync(byte[] file, bool dryRun) => AskAsync<BundleReview>(
        HttpMethod.Post,
        "/procedure-bundles" + QueryString.Create([KeyValuePair.Create("reason", (string?)(LyDo ?? "")), KeyValuePair.Create("dryRun", (string?)(dryRun ? "true" : "false"))]),
        new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });
}
