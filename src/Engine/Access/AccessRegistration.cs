using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Wires accounts, tokens and rights.</summary>
public static class AccessRegistration
{
    private const string EitherScheme = "Either";

    public static IServiceCollection AddAccess(this IServiceCollection services, string dataFolder, AccessOptions options)
    {
        services.AddSingleton(options);
        services.AddHttpContextAccessor();
        services.AddDataProtection()
            .SetApplicationName("PublicService")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, "keys")));
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddIdentityCore<Person>(identity =>
            {
                // Length is what makes a password strong; rules about signs only make people write it down.
                identity.Password.RequiredLength = options.ShortestPassword;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-_@";
            })
            .AddEntityFrameworkStores<EngineDb>();
        services.AddAuthentication(options.Issuer is null ? BearerTokenDefaults.AuthenticationScheme : EitherScheme)
            .AddBearerToken(bearer =>
            {
                bearer.BearerTokenExpiration = options.AccessTokenLifetime;
                bearer.RefreshTokenExpiration = options.RefreshTokenLifetime;
            })
            .AddScheme<AuthenticationSchemeOptions, IssuerTokenHandler>(IssuerTokenHandler.SchemeName, null)
            .AddPolicyScheme(EitherScheme, null, either => either.ForwardDefaultSelector = context =>
                IssuerTokenHandler.Understands(context.Request) ? IssuerTokenHandler.SchemeName : BearerTokenDefaults.AuthenticationScheme);
        services.AddSingleton<IssuerKeys>();
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, RoleDemandHandler>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SecretSeal>();
        services.AddSingleton<PersonDirectory>();
        services.AddSingleton<TaskAssignment>();
        services.AddSingleton<AssignTasks>(provider => provider.GetRequiredService<TaskAssignment>().AssignAsync);
        services.AddScoped<CurrentPerson>();
        services.AddScoped<DossierSight>();
        services.AddScoped<ReportSight>();
        services.AddScoped<TaskSight>();
        return services;
    }

    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app
        .UseAuthentication()
        .UseMiddleware<SignedInPerson>()
        .UseAuthorization();
}
