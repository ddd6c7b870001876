using System.Text.Json.Nodes;

namespace PublicService.Workflows.Catalog;

/// <summary>An input of an activity: its key when running, its editor in Studio.</summary>
public abstract class Input
{
    /// <summary>PascalCase name, taken from the property; the JSON key is its camelCase.</summary>
    public string Name { get; internal set; } = string.Empty;

    public abstract Type ValueType { get; }

    public abstract object? DefaultValue { get; }
}

/// <summary>An input whose value is of type <typeparamref name="T"/>.</summary>
/// <param name="fallback">Value when the file leaves the input unset.</param>
public sealed class Input<T>(T? fallback = default) : Input
{
    public T? Fallback { get; } = fallback;

    public override Type ValueType => typeof(T);

    public override object? DefaultValue => Fallback;
}

/// <summary>An output of an activity, bound to a variable or workflow output in the file.</summary>
public sealed class Output(string typeName = "Object")
{
    public string Name { get; internal set; } = string.Empty;

    public string TypeName { get; } = typeName;
}

/// <summary>Names an activity, its palette group and its texts (Elsa contract C.1).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute(string typeName, string category, string displayName) : Attribute
{
    public string TypeName { get; } = typeName;

    public string Category { get; } = category;

    public string DisplayName { get; } = displayName;

    public string Description { get; set; } = string.Empty;

    /// <summary>Action, Trigger, Job or Task.</summary>
    public string Kind { get; set; } = "Action";

    public bool IsBrowsable { get; set; } = true;

    public bool IsContainer { get; set; }

    public bool IsStart { get; set; }
}

/// <summary>Outcome ports of an activity.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OutcomesAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>Slots in which an activity embeds others.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PortsAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>How an input or output looks in Studio (Elsa contract C.2-C.5).</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public class FieldAttribute(string displayName) : Attribute
{
    public string DisplayName { get; } = displayName;

    public string Description { get; set; } = string.Empty;

    /// <summary>Editor; see <see cref="UiHints"/>. Chosen by the value type when empty.</summary>
    public string Hint { get; set; } = string.Empty;

    public string? Category { get; set; }

    /// <summary>Choices of a dropdown as <c>value=text</c>, or just the value.</summary>
    public string[] Options { get; set; } = [];

    /// <summary>One of <see cref="FieldSources"/>: the engine adds its choices to <see cref="Options"/>.</summary>
    public string Source { get; set; } = string.Empty;

    public string? DefaultSyntax { get; set; }

    /// <summary>Elsa type alias when it differs from the alias of the .NET type.</summary>
    public string? TypeName { get; set; }

    /// <summary>False: stored as plain JSON, not as an expression.</summary>
    public bool IsWrapped { get; set; } = true;

    /// <summary>False: the activity evaluates it itself (loop conditions).</summary>
    public bool AutoEvaluate { get; set; } = true;

    /// <summary>Personal data or a secret: never written into state, journal or records.</summary>
    public bool IsSensitive { get; set; }
}

/// <summary>Lists the engine keeps and an analyst picks from.</summary>
public static class FieldSources
{
    public const string Offices = "offices";
    public const string Procedures = "procedures";
    public const string Roles = "roles";
    public const string CredentialTypes = "credential-types";

    /// <summary>Papers of the procedure the definition carries.</summary>
    public const string Papers = "papers";

    /// <summary>Kinds of results, those of the procedure first.</summary>
    public const string Results = "results";

    /// <summary>What the author has written into the field <c>Outcomes</c> of the same step.</summary>
    public const string OwnOutcomes = "own-outcomes";

    /// <summary>Whether the choices depend on what stands around the field, so that Studio must ask for them when it shows it.</summary>
    public static bool Depends(string source) => source is Papers or Results or OwnOutcomes;
}

/// <summary>Editors the Studio bundle has (Elsa contract C.4).</summary>
public static class UiHints
{
    public const string SingleLine = "singleline";
    public const string MultiLine = "multiline";
    public const string CheckBox = "checkbox";
    public const string Dropdown = "dropdown";
    public const string CheckList = "checklist";
    public const string MultiText = "multitext";
    public const string DynamicOutcomes = "dynamic-outcomes";
    public const string OutcomePicker = "outcome-picker";
    public const string OutputPicker = "output-picker";
    public const string VariablePicker = "variable-picker";
    public const string WorkflowPicker = "workflow-definition-picker";
    public const string CodeEditor = "code-editor";
    public const string JsonEditor = "json-editor";
    public const string FlowSwitchEditor = "flow-switch-editor";
    public const string SwitchEditor = "switch-editor";
}

/// <summary>What woke a waiting step.</summary>
/// <param name="Bookmark">The bookmark that was met.</param>
/// <param name="Input">What came with it.</param>
public sealed record Signal(Running.Bookmark Bookmark, JsonObject Input);
