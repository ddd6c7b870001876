using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using PublicService.Engine.Access;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace PublicService.Engine.Http;

/// <summary>
/// Describes a route from its slice: the operation is named like the slice, the summary is the slice's XML summary, the tag its folder;
/// rights and problem answers follow from the route's metadata. Nothing is written twice.
/// </summary>
internal sealed class SliceDescription : IOperationFilter
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(ReadSummaries);

    public static string? SliceName(ApiDescription api) => Slice(api)?.Name;

    public static string Folder(ApiDescription api) => Slice(api)?.Namespace?.Split('.')[^1] ?? "Engine";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var isAnonymous = metadata.OfType<IAllowAnonymous>().Any();
        var demand = metadata.OfType<RoleDemand>().FirstOrDefault();
        operation.Summary ??= Slice(context.ApiDescription) is { FullName: { } name } ? Summaries.Value.GetValueOrDefault(name) : null;
        if (!isAnonymous)
        {
            operation.Description ??= demand is { Roles.Count: > 0 } ? $"Roles: {string.Join(", ", demand.Roles)}." : "Anybody who is signed in.";
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
        }

        foreach (var status in Refusals(context.ApiDescription, isAnonymous))
        {
            AddProblem(operation, context, status);
        }
    }

    private static IEnumerable<int> Refusals(ApiDescription api, bool isAnonymous)
    {
        yield return StatusCodes.Status400BadRequest;
        var isForSystems = api.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().Any(method => method.GetParameters().Any(one => one.ParameterType == typeof(ForeignSystems)));
        if (!isAnonymous || isForSystems || Slice(api) == typeof(SignIn) || Slice(api) == typeof(RefreshSignIn))
        {
            yield return StatusCodes.Status401Unauthorized;
        }

        if (!isAnonymous || isForSystems)
        {
            yield return StatusCodes.Status403Forbidden;
        }

        if (api.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
        {
            yield return StatusCodes.Status404NotFound;
        }

        if (api.HttpMethod != "GET")
        {
            yield return StatusCodes.Status409Conflict;
        }
    }

    private static void AddProblem(OpenApiOperation operation, OperationFilterContext context, int status)
    {
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemDocument), context.SchemaRepository);
        operation.Responses ??= [];
        operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
        {
            Description = "Problem document (RFC 9457).",
            Content = new Dictionary<string, IOpenApiMediaType> { [ProblemWriter.MediaType] = new OpenApiMediaType { Schema = schema } },
        };
    }

    // The lambda of a route lives in a class the compiler nests into the slice.
    private static Type? Slice(ApiDescription api)
    {
        var type = api.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType;
        while (type?.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private static Dictionary<string, string> ReadSummaries()
    {
        var file = Path.ChangeExtension(typeof(SliceDescription).Assembly.Location, ".xml");
        return !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member")
            .Where(member => member.Attribute("name")?.Value.StartsWith("T:", StringComparison.Ordinal) == true && member.Element("summary") is not null)
            .ToDictionary(
                member => member.Attribute("name")!.Value[2..],
                member => string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
