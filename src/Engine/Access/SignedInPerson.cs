using System.Security.Claims;

namespace PublicService.Engine.Access;

/// <summary>
/// Turns the token of a request into <see cref="CurrentPerson"/>. A token of somebody who was switched off or got another password
/// since is worth nothing, although its seal is still good.
/// </summary>
internal sealed class SignedInPerson(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentPerson current, PersonDirectory people)
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            var id = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
            var person = id is null ? null : await people.FindAsync(id, context.RequestAborted);
            if (person is { IsActive: true } && StampFits(context.User, person))
            {
                current.Is(person);
            }
            else
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
            }
        }

        await next(context);
    }

    // Tokens of an outside issuer carry no stamp of ours; they are short-lived by agreement.
    private static bool StampFits(ClaimsPrincipal user, KnownPerson person) =>
        user.FindFirstValue(AccessTokens.StampClaim) is not { } stamp || stamp == person.SecurityStamp;
}
