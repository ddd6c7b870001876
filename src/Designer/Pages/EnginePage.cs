using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PublicService.Designer.Access;

namespace PublicService.Designer.Pages;

/// <summary>A page made of what the engine answers to the person of this session. A refusal is shown in its place, with its status.</summary>
internal abstract class EnginePage(Session session, Engine engine) : PageModel
{
    private string token = "";

    /// <summary>Why the page has nothing to show.</summary>
    public Problem? Problem { get; protected set; }

    /// <summary>May change definitions and procedures; whoever may not does not see the buttons, and the engine refuses in any case.</summary>
    public bool MayChange => User.MayChange();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await session.TokenAsync(HttpContext.RequestAborted) is { } current)
        {
            token = current.Value;
            await next();
        }
        else
        {
            context.Result = Challenge();
        }
    }

    protected Task<T?> ReadAsync<T>(string path, params (string Name, string? Value)[] query) =>
        AskAsync<T>(HttpMethod.Get, path + QueryString.Create(query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value))), null);

    protected async Task<T?> AskAsync<T>(HttpMethod method, string path, HttpContent? content)
    {
        var (value, problem) = await engine.AskAsync<T>(method, "/api/v1" + path, token, content, HttpContext.RequestAborted);
        if (problem is not null)
        {
            Problem = problem;
            Response.StatusCode = problem.Status;
        }

        return value;
    }

    protected static string Escape(string part) => Uri.EscapeDataString(part);
}
