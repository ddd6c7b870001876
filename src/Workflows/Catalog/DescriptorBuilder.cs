using System.Reflection;
using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Catalog;

/// <summary>Reads an activity class into its descriptor and gives its inputs and outputs their names.</summary>
internal static class DescriptorBuilder
{
    public static ActivityDescriptor Describe(Activity activity, ActivityAttribute label)
    {
        var type = activity.GetType();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var flow = type.GetCustomAttribute<OutcomesAttribute>()?.Names ?? [];
        var embedded = type.GetCustomAttribute<PortsAttribute>()?.Names ?? [];
        return new ActivityDescriptor
        {
            TypeName = label.TypeName,
            Category = label.Category,
            DisplayName = label.DisplayName,
            Description = label.Description,
            Kind = label.Kind,
            IsBrowsable = label.IsBrowsable,
            IsContainer = label.IsContainer,
            IsStart = label.IsStart,
            IsTerminal = activity.IsTerminal,
            Inputs = [.. properties.Where(property => typeof(Input).IsAssignableFrom(property.PropertyType)).Select((property, order) => DescribeInput(activity, property, order))],
            Outputs = [.. properties.Where(property => property.PropertyType == typeof(Output)).Select(property => DescribeOutput(activity, property))],
            Ports =
            [
                .. flow.Select(name => new PortDescriptor(name, name, "Flow")),
                .. embedded.Select(name => new PortDescriptor(name, name, "Embedded")),
            ],
        };
    }

    private static InputDescriptor DescribeInput(Activity activity, PropertyInfo property, int order)
    {
        var input = (Input)property.GetValue(activity)!;
        var field = property.GetCustomAttribute<FieldAttribute>() ?? new FieldAttribute(property.Name);
        input.Name = property.Name;
        var alias = field.TypeName ?? AliasOf(input.ValueType);
        var hint = field.Hint.Length > 0 ? field.Hint : HintOf(input.ValueType, field);
        return new InputDescriptor
        {
            Name = property.Name,
            TypeName = alias,
            Type = TypeAlias.Parse(alias) ?? TypeAlias.Object,
            DisplayName = field.DisplayName,
            Description = field.Description,
            Category = field.Category,
            Order = order,
            IsSensitive = field.IsSensitive,
            IsWrapped = field.IsWrapped,
            AutoEvaluate = field.AutoEvaluate,
            UiHint = hint,
            DefaultValue = ActivityCatalog.ToNode(input.DefaultValue),
            DefaultSyntax = field.DefaultSyntax ?? (hint is UiHints.MultiText or UiHints.CheckList or UiHints.DynamicOutcomes or UiHints.JsonEditor ? ExpressionKinds.Object : ExpressionKinds.Literal),
            UiSpecifications = SpecificationsOf(hint, field),
        };
    }

    private static OutputDescriptor DescribeOutput(Activity activity, PropertyInfo property)
    {
        var output = (Output)property.GetValue(activity)!;
        var field = property.GetCustomAttribute<FieldAttribute>() ?? new FieldAttribute(property.Name);
        output.Name = property.Name;
        return new OutputDescriptor(property.Name, output.TypeName, field.DisplayName, field.Description);
    }

    private static string AliasOf(Type type) => type switch
    {
        _ when type == typeof(string) => "String",
        _ when type == typeof(bool) => "Boolean",
        _ when type == typeof(int) => "Int32",
        _ when type == typeof(decimal) => "Decimal",
        _ when type == typeof(TimeSpan) => "TimeSpan",
        _ when type == typeof(DateTimeOffset) => "DateTimeOffset",
        _ when type == typeof(string[]) => "List<String>",
        _ => "Object",
    };

    private static string HintOf(Type type, FieldAttribute field) => type switch
    {
        _ when field.Source.Length > 0 && type == typeof(string[]) => UiHints.CheckList,
        _ when field.Options.Length > 0 || field.Source.Length > 0 => UiHints.Dropdown,
        _ when type == typeof(bool) => UiHints.CheckBox,
        _ when type == typeof(string[]) => UiHints.MultiText,
        _ => UiHints.SingleLine,
    };

    /// <summary>Under the name of the editor. No editor height: a text there stops Studio.</summary>
    private static JsonObject? SpecificationsOf(string hint, FieldAttribute field)
    {
        if (hint == UiHints.CodeEditor)
        {
            return new JsonObject { [hint] = new JsonObject { ["language"] = "javascript" } };
        }

        if (field.Options.Length == 0 && field.Source.Length == 0)
        {
            return null;
        }

        var items = new JsonArray();
        foreach (var option in field.Options)
        {
            var split = option.IndexOf('=', StringComparison.Ordinal);
            items.Add(new JsonObject { ["text"] = option[(split + 1)..], ["value"] = split < 0 ? option : option[..split] });
        }

        var list = hint == UiHints.CheckList ? "checkList" : "selectList";
        var specifications = new JsonObject { [hint] = new JsonObject { [list] = new JsonObject { ["items"] = items } } };
        if (field.Source.Length > 0)
        {
            specifications["source"] = field.Source;
        }

        if (FieldSources.Depends(field.Source))
        {
            specifications["Refresh"] = true;
        }

        return specifications;
    }
}
