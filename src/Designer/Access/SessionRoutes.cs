using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace PublicService.Designer.Access;

/// <summary>What the script of a page asks of its session.</summary>
internal static class SessionRoutes
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        // 401 and no redirect: a script asks, and it shows that the session is over without losing what is on the page.
        routes.MapGet("/session/token", async (HttpContext context, Session session, CancellationToken cancellationToken) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return context.User.Identity is { IsAuthenticated: true } && await session.TokenAsync(cancellationToken) is { } token
                ? Results.Ok(token)
                : Results.StatusCode(StatusCodes.Status401Unauthorized);
        }).AllowAnonymous();

        routes.MapPost("/dang-xuat", async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.Redirect("/dang-nhap");
        }).AllowAnonymous();
    }
}
