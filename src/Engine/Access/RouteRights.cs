using Microsoft.AspNetCore.Authorization;
using PublicService.Dossiers;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>What a route demands. Every route says <c>RequireRole</c>, <c>RequireSignIn</c> or <c>AllowAnonymous</c>; a test looks.</summary>
public static class RouteRights
{
    /// <summary>One of these roles at any office; whether it is the right office is the handler's question (<see cref="CurrentPerson.MustHold"/>).</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var role in roles)
        {
            _ = Role.Word(role);
        }

        return route.RequireAuthorization(policy => policy.AddRequirements(new RoleDemand(roles))).WithMetadata(new RoleDemand(roles));
    }

    /// <summary>Anybody who is signed in: the route shows what everybody inside may know, or only the caller's own things.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.RequireRole();
}

/// <summary>The roles of which one is needed; none means that being signed in is enough.</summary>
public sealed record RoleDemand(IReadOnlyList<string> Roles) : IAuthorizationRequirement;

internal sealed class RoleDemandHandler(IHttpContextAccessor accessor) : AuthorizationHandler<RoleDemand>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleDemand requirement)
    {
        var person = accessor.HttpContext?.RequestServices.GetRequiredService<CurrentPerson>();
        if (person is { IsSignedIn: true })
        {
            if (requirement.Roles.Count > 0 && !requirement.Roles.Any(person.Holds))
            {
                throw Problems.RoleRequired(string.Join("” hoặc “", requirement.Roles.Take(3).Select(Role.Word)));
            }

            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
