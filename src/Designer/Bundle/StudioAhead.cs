namespace PublicService.Designer.Bundle;

/// <summary>
/// Studio needs seconds to start, most of them in the browser's processor. So its files come while somebody signs in, and a page of
/// Studio is made ready behind the scenes when the pointer rests on a link to it.
/// </summary>
internal static class StudioAhead
{
    public const string Rules = "/studio-ahead.json";

    public static void MapStudioAhead(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/studio-files.json", () => StudioBundle.Runtime).AllowAnonymous();
        routes.MapGet(Rules, () => TypedResults.Text(
            """{"prerender":[{"source":"document","where":{"href_matches":"/studio/*"},"eagerness":"moderate"}]}""", "application/speculationrules+json")).AllowAnonymous();
    }
}
