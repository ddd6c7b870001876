using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Composition;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Catalog;

/// <summary>
/// All activity types an engine knows. Built once at start from code; workflows published as activities are added by
/// <see cref="WithWorkflows"/>, which gives a new catalogue, so a running reader never sees half a change.
/// </summary>
public sealed class ActivityCatalog
{
    private readonly Dictionary<string, Activity> types;
    private readonly Dictionary<(string Type, int Version), WorkflowActivity> workflows = [];

    private ActivityCatalog(Dictionary<string, Activity> types)
    {
        this.types = types;
    }

    /// <summary>Builds the catalogue of all concrete activities of the given assemblies and the built-in ones.</summary>
    public static ActivityCatalog Of(params Assembly[] assemblies)
    {
        var types = new Dictionary<string, Activity>(StringComparer.Ordinal);
        foreach (var type in assemblies.Prepend(typeof(Activity).Assembly).SelectMany(assembly => assembly.GetTypes()))
        {
            if (type is { IsAbstract: false } && type.IsSubclassOf(typeof(Activity)) && type.GetCustomAttribute<ActivityAttribute>() is { } label)
            {
                var activity = (Activity)Activator.CreateInstance(type)!;
                activity.Descriptor = DescriptorBuilder.Describe(activity, label);
                types.Add(label.TypeName, activity);
            }
        }

        return new ActivityCatalog(types);
    }

    /// <summary>The same catalogue with these published definitions usable as activities (Elsa contract B.6).</summary>
    public ActivityCatalog WithWorkflows(IEnumerable<WorkflowDefinition> definitions)
    {
        var catalog = new ActivityCatalog(types);
        foreach (var definition in definitions.Where(definition => definition.UsableAsActivity))
        {
            var activity = new WorkflowActivity(definition);
            catalog.workflows[(activity.Descriptor.TypeName, definition.Version)] = activity;
        }

        return catalog;
    }

    public IEnumerable<ActivityDescriptor> Descriptors =>
        types.Values.Select(activity => activity.Descriptor)
            .Concat(workflows.Values.Select(activity => activity.Descriptor))
            .OrderBy(descriptor => descriptor.Category, StringComparer.Ordinal)
            .ThenBy(descriptor => descriptor.DisplayName, StringComparer.Ordinal);

    /// <summary>Finds by type and version, else the latest version of the type, else null.</summary>
    public Activity? Find(string type, int version)
    {
        if (types.TryGetValue(type, out var activity))
        {
            return activity;
        }

        return workflows.GetValueOrDefault((type, version))
            ?? workflows.Where(entry => entry.Key.Type == type).OrderByDescending(entry => entry.Key.Version).Select(entry => entry.Value).FirstOrDefault();
    }

    /// <summary>
    /// Finds a workflow used as an activity by the ids its node names: the version, else the newest of the definition. Ids stay when the
    /// workflow is renamed and its type name with it (Elsa contract B.6).
    /// </summary>
    public Activity? FindWorkflow(string? versionId, string? definitionId) =>
        workflows.Values.FirstOrDefault(activity => activity.Definition.Id == versionId)
        ?? workflows.Values.Where(activity => activity.Definition.DefinitionId == definitionId).MaxBy(activity => activity.Definition.Version);

    internal Activity Required(string type) => types[type];

    internal static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        DateTimeOffset instant => instant == default ? null : JsonValue.Create(instant.ToString("O", CultureInfo.InvariantCulture)),
        TimeSpan span => JsonValue.Create(span.ToString("c")),
        string[] list => new JsonArray([.. list.Select(item => (JsonNode?)JsonValue.Create(item))]),
        _ => JsonValue.Create(value.ToString()),
    };
}
