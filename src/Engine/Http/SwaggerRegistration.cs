using Microsoft.OpenApi;

namespace PublicService.Engine.Http;

/// <summary>The API described: <c>/swagger</c> for people, <c>/swagger/v1/swagger.json</c> for programs.</summary>
internal static class SwaggerRegistration
{
    public static void AddApiDescription(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "PublicService",
                Version = "v1",
                Description = "Workflow engine of provincial administrative procedures. Errors are problem documents (RFC 9457) with a stable code.",
            });
            swagger.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The access token of POST /api/v1/sign-in.",
            });
            swagger.CustomOperationIds(SliceDescription.SliceName);
            swagger.CustomSchemaIds(SchemaName);
            swagger.TagActionsBy(api => [SliceDescription.Folder(api)]);
            swagger.SupportNonNullableReferenceTypes();
            swagger.MapType<PublicService.Dossiers.HourRange>(() => new OpenApiSchema { Type = JsonSchemaType.String, Description = "07:00-11:30" });
            swagger.OperationFilter<SliceDescription>();
        });
    }

    public static IApplicationBuilder UseApiDescription(this IApplicationBuilder app) => app
        .UseSwagger()
        .UseSwaggerUI(page => page.SwaggerEndpoint("/swagger/v1/swagger.json", "PublicService v1"));

    // Body and Reply exist in every slice, so the slice's name comes first: SignInBody, PageOfListPeopleReply.
    private static string SchemaName(Type type)
    {
        var own = type.DeclaringType is { } slice ? slice.Name + type.Name : type.Name;
        return type.IsGenericType
            ? own[..own.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(SchemaName))
            : own;
    }
}
