using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PublicService.Engine.Http;

/// <summary>Wires what all slices share at the door: JSON, limits, problem documents, mediator, list projections, API description.</summary>
public static class HttpRegistration
{
    /// <summary>Largest body of a request; routes that take files raise it with <c>RequestSizeLimitAttribute</c> metadata.</summary>
    public const long LargestBody = 1024 * 1024;

    private static readonly Type[] Handled = [typeof(IRequestHandler<,>), typeof(IInputRules<>)];

    public static IServiceCollection AddHttpConventions(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(Configure);
        services.AddSingleton<Cursors>();
        services.AddSlices();
        services.AddApiDescription();
        return services;
    }

    public static IApplicationBuilder UseHttpConventions(this IApplicationBuilder app) => app
        .UseMiddleware<ErrorPipeline>()
        .UseApiDescription();

    private static void Configure(JsonOptions options)
    {
        var json = options.SerializerOptions;
        json.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.MaxDepth = 32;
        json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
    }

    /// <summary>MediatR 5 by hand: each handler and each rule is found by the interface it implements.</summary>
    private static void AddSlices(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(CheckInput<,>));
        foreach (var type in typeof(HttpRegistration).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var handled in type.GetInterfaces().Where(one => one.IsGenericType && Handled.Contains(one.GetGenericTypeDefinition())))
            {
                services.AddTransient(handled, type);
            }
        }

        services.AddSingleton<AutoMapper.IConfigurationProvider>(
            _ => new AutoMapper.MapperConfiguration(maps => maps.AddProfiles(typeof(HttpRegistration).Assembly)));
    }
}
