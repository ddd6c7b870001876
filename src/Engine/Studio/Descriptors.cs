using PublicService.Workflows.Catalog;

namespace PublicService.Engine.Studio;

/// <summary>What the editor can offer (Elsa contract A.1, A.3). Everything it asks for while it loads must be answered: it stops at the first failure.</summary>
internal static class Descriptors
{
    private sealed record ExpressionDescriptor(string Type, string DisplayName, bool IsBrowsable, Dictionary<string, string> Properties, bool IsSerializable = true);

    private sealed record Feature(string Name, string Namespace, string FullName, string DisplayName, string Description);

    private static readonly StudioList<ExpressionDescriptor> Expressions = new(
    [
        new("Literal", "Literal", false, []),
        new("Object", "Object", false, new() { ["MonacoLanguage"] = "json" }),
        new("Variable", "Biến", true, []),
        new("Input", "Đầu vào", true, []),
        new("JavaScript", "JavaScript", true, new() { ["MonacoLanguage"] = "javascript" }),
    ]);

    private static readonly StudioList<Feature> Features = new(
        [new("RealTimeWorkflowUpdates", "Elsa", "Elsa.RealTimeWorkflowUpdates", "Real-time workflow updates", "")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/features/installed", () => Features);
        routes.MapGet("/package/version", () => new { packageVersion = "3.8.2" });
        routes.MapGet("/descriptors/activities", (HttpContext context, ActivityList activities) => activities.Answer(context));
        routes.MapGet("/descriptors/expression-descriptors", () => Expressions);
        Whole(routes, "variables", DesignerLists.VariableTypes);
        Whole(routes, "storage-drivers", DesignerLists.StorageDrivers);
        Whole(routes, "incident-strategies", DesignerLists.IncidentStrategies);
        Whole(routes, "log-persistence-strategies", DesignerLists.LogPersistenceStrategies);
        Whole(routes, "workflow-activation-strategies", DesignerLists.ActivationStrategies);
        Whole(routes, "commit-strategies/workflows", DesignerLists.WorkflowCommitStrategies);
        Whole(routes, "commit-strategies/activities", DesignerLists.ActivityCommitStrategies);
        routes.MapGet("/descriptors/output-converters", () => new StudioList<object>([]));
    }

    private static void Whole<T>(IEndpointRouteBuilder routes, string name, IReadOnlyCollection<T> items) =>
        routes.MapGet("/descriptors/" + name, () => new StudioList<T>(items));
}
