using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Studio;

/// <summary>Create, save, autosave, publish and import are one call (Elsa contract A.2).</summary>
internal static class SaveDefinition
{
    /// <summary>Bytes; a definition of 2,000 steps has about 3 MB.</summary>
    private const long LargestDefinition = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/workflow-definitions", async (HttpContext context, DefinitionVersions versions, DefinitionForms forms, DefinitionCache cache, CurrentPerson person) =>
        {
            var body = await ReadAsync(context);
            var model = body["model"] as JsonObject ?? throw Problems.InvalidInput("model", "Thiếu nội dung quy trình.");
            var publish = body["publish"] is JsonValue flag && flag.TryGetValue<bool>(out var yes) && yes;
            return await AnswerAsync(context, forms, cache, () => versions.SaveAsync(model, IntentOf(context, person, publish), context.RequestAborted));
        });
        routes.MapPost("/workflow-definitions/import", async (HttpContext context, DefinitionVersions versions, DefinitionForms forms, CurrentPerson person) =>
        {
            var model = await ReadAsync(context);
            MustHaveSteps(model);
            var existed = model["definitionId"]?.ToString() is { Length: > 0 } id && await versions.LatestAsync(id, context.RequestAborted) is not null;
            var saved = await StudioProblems.AskAsync(() => versions.SaveAsync(model, IntentOf(context, person, publish: false) with { ReplacesAll = true, Why = "Nhập từ tệp" }, context.RequestAborted));
            return TypedResults.Json(forms.Whole(saved.Row, true), statusCode: existed ? StatusCodes.Status200OK : StatusCodes.Status201Created);
        });
        routes.MapPost("/workflow-definitions/import-files", async (HttpContext context, IFormFileCollection files, DefinitionVersions versions, CurrentPerson person) =>
        {
            // All are read before the first is stored: a file that is none stores nothing.
            var models = new List<JsonObject>();
            foreach (var file in files)
            {
                await using var stream = file.OpenReadStream();
                models.Add(await ReadAsync(stream, context.RequestAborted));
                MustHaveSteps(models[^1]);
            }

            foreach (var model in models)
            {
                await StudioProblems.AskAsync(() => versions.SaveAsync(model, IntentOf(context, person, publish: false) with { ReplacesAll = true, Why = "Nhập từ tệp" }, context.RequestAborted));
            }

            return new { count = models.Count };
        }).DisableAntiforgery();
        routes.MapPost("/workflow-definitions/{definitionId}/publish", async (string definitionId, HttpContext context, DefinitionVersions versions, DefinitionForms forms, DefinitionCache cache, CurrentPerson person) =>
            await AnswerAsync(context, forms, cache, async () =>
                await versions.PublishAsync(definitionId, IntentOf(context, person, publish: true), context.RequestAborted) ?? throw Problems.NotFound("Quy trình")));
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, DefinitionForms forms, DefinitionCache cache, Func<Task<DefinitionVersions.Saved>> save)
    {
        var saved = await StudioProblems.AskAsync(save);
        context.Response.Headers.ETag = ShowDefinition.Tag(saved.Row);
        return TypedResults.Json(new JsonObject
        {
            ["workflowDefinition"] = forms.Whole(saved.Row, true),
            ["alreadyPublished"] = saved.AlreadyPublished,
            ["consumingWorkflowCount"] = ShowDefinition.Consumers(cache, saved.Row.DefinitionId).Count,
            ["validationErrors"] = new JsonArray([.. saved.Findings.Select(finding => new JsonObject { ["message"] = finding.Message, ["activityId"] = finding.ActivityId })]),
        });
    }

    /// <summary>Who, why and on which state; the headers are those of the page around Studio, a plain Elsa client sends none.</summary>
    internal static DefinitionVersions.Intent IntentOf(HttpContext context, CurrentPerson person, bool publish)
    {
        var headers = context.Request.Headers;
        var seen = headers.IfMatch.ToString().Trim('"');
        return new(
            person.UserName,
            publish,
            seen.Length > 0 ? seen : null,
            headers["X-Confirm"] == "replace-all",
            headers["X-Reason"].ToString() is { Length: > 0 } why ? Uri.UnescapeDataString(why) : null);
    }

    /// <summary>A file without a root is another kind of file, not an empty workflow.</summary>
    private static void MustHaveSteps(JsonObject file)
    {
        if (file["root"] is not JsonObject)
        {
            throw Problems.InvalidInput("root", "Tệp không phải định nghĩa quy trình: thiếu phần “root”.");
        }
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestDefinition;
        }

        return await ReadAsync(context.Request.Body, context.RequestAborted);
    }

    private static async Task<JsonObject> ReadAsync(Stream json, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(json, documentOptions: Deep, cancellationToken: cancellationToken) as JsonObject
                ?? throw Problems.InvalidInput("model", "Nội dung phải là một đối tượng JSON.");
        }
        catch (JsonException)
        {
            throw Problems.InvalidInput("model", "Nội dung không phải là JSON hợp lệ.");
        }
    }
}

/// <summary>
/// What an act on many could not do, and why. One that is refused does not stop the others; Studio counts what was done, and the page
/// around it shows these sentences.
/// </summary>
internal sealed class Refusals
{
    private readonly List<Refusal> all = [];

    public sealed record Refusal(string Id, string Message);

    public IReadOnlyList<Refusal> All => all;

    /// <summary>Does it, or remembers the reason why not.</summary>
    /// <returns>What the act says; the default when it was refused.</returns>
    public async Task<T?> TryAsync<T>(string id, Func<Task<T>> act, Action<string>? skipped = null)
    {
        try
        {
            return await StudioProblems.AskAsync(act);
        }
        catch (ProblemException refused)
        {
            all.Add(new Refusal(id, string.Join(" ", refused.Errors?.SelectMany(error => error.Value) ?? [refused.Message])));
            skipped?.Invoke(id);
            return default;
        }
    }
}

/// <summary>Refusals in the form Studio shows: only 400 reaches its user, as a red line with the sentences.</summary>
internal static class StudioProblems
{
    public static async Task<T> AskAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (FindingsException refused)
        {
            throw Problems.InvalidInput(new Dictionary<string, string[]> { ["definition"] = [.. refused.Sentences] });
        }
        catch (DefinitionException malformed)
        {
            throw Problems.InvalidInput("model", $"Tệp không phải định nghĩa quy trình: {malformed.Message}");
        }
        // The page around Studio offers a choice for these two; all others are a line in red.
        catch (RefusedException refused) when (refused.Code is not ("DEFINITION_CHANGED" or "DEFINITION_EMPTIED"))
        {
            throw Problems.InvalidInput("definition", refused.Message);
        }
    }
}
