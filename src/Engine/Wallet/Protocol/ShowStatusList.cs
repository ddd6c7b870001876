using PublicService.Engine.Http;
using PublicService.Wallet.Credentials;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>A signed status list, for anybody.</summary>
internal static class ShowStatusList
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/vci/status/{number:int}", async (
        int number, HttpRequest request, HttpResponse response, StatusLists lists, CancellationToken cancellationToken) =>
    {
        if (request.Query.ContainsKey("time"))
        {
            // Token Status List 8.4: lists of the past are not kept.
            return (IResult)TypedResults.StatusCode(StatusCodes.Status501NotImplemented);
        }

        var token = await lists.TokenAsync(number, cancellationToken) ?? throw Problems.NotFound("Danh sách trạng thái");
        response.Headers.CacheControl = $"public, max-age={(int)StatusListToken.KeepFor.TotalSeconds}";
        return TypedResults.Text(token, StatusListToken.MediaType);
    });
}
