using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using PublicService.Engine.Http;
using PublicService.Workflows.Catalog;

namespace PublicService.Engine.Studio;

/// <summary>What the editor can offer (Elsa contract A.1, A.3). Everything it asks for while it loads must be answered: it stops at the first failure.</summary>
internal static class Descriptors
{
    private sealed record ExpressionDescriptor(string Type, string DisplayName, bool IsBrowsable, Dictionary<string, string> Properties, bool IsSerializable = true);

    private sealed record Feature(string Name, string Namespace, string FullName, string DisplayName, string Description);

    private static readonly ExpressionDescriptor[] Expressions =
    [
        new("Literal", "Literal", false, []),
        new("Object", "Object", false, new() { ["MonacoLanguage"] = "json" }),
        new("Variable", "Biến", true, []),
        new("Input", "Đầu vào", true, []),
        new("JavaScript", "JavaScript", true, new() { ["MonacoLanguage"] = "javascript" }),
    ];

    private static readonly Feature[] Features = [new("RealTimeWorkflowUpdates", "Elsa", "Elsa.RealTimeWorkflowUpdates", "Real-time workflow updates", "")];

    /// <param name="Context">Values of the other inputs of the step, as they stand in the editor.</param>
    public sealed record OptionsBody(JsonObject? Context = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var json = routes.ServiceProvider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        Whole("/features/installed", Features);
        routes.MapGet("/package/version", () => new { packageVersion = "3.8.2" });
        routes.MapGet("/descriptors/activities", (HttpContext context, ActivityList activities) => activities.Answer(context));
        routes.MapGet("/descriptors/activities/{typeName}", (string typeName, int? version, ActivityList activities) => activities.Find(typeName, version).FindOrRefuse("Loại bước"));
        routes.MapPost("/descriptors/activities/{typeName}/options/{input}", async (string typeName, string input, OptionsBody? body, HttpRequest request, Pickers pickers, CancellationToken cancellationToken) =>
            new { items = await pickers.OptionsAsync(typeName, input, body?.Context ?? [], OpenDefinition(request), cancellationToken) });
        Whole("/descriptors/expression-descriptors", Expressions);
        Whole("/descriptors/variables", DesignerLists.VariableTypes);
        Whole("/descriptors/storage-drivers", DesignerLists.StorageDrivers);
        Whole("/descriptors/incident-strategies", DesignerLists.IncidentStrategies);
        Whole("/descriptors/log-persistence-strategies", DesignerLists.LogPersistenceStrategies);
        Whole("/descriptors/workflow-activation-strategies", DesignerLists.ActivationStrategies);
        Whole("/descriptors/commit-strategies/workflows", DesignerLists.WorkflowCommitStrategies);
        Whole("/descriptors/commit-strategies/activities", DesignerLists.ActivityCommitStrategies);
        Whole<object>("/descriptors/output-converters", []);

        void Whole<T>(string route, IReadOnlyCollection<T> items)
        {
            var answer = new CachedAnswer(JsonSerializer.SerializeToUtf8Bytes(new StudioList<T>(items), json));
            routes.MapGet(route, (HttpContext context) => answer.Give(context));
        }
    }

    /// <summary>Studio does not say which definition its step stands in; the page around it does.</summary>
    private static string? OpenDefinition(HttpRequest request) =>
        request.Headers["X-Definition"].ToString() is { Length: > 0 } id ? Uri.UnescapeDataString(id) : null;
}
