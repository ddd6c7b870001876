namespace PublicService.Workflows.Expressions;

/// <summary>
/// A type name of the Elsa file format (contract B.1): a plain alias such as <c>String</c>, or a collection of one.
/// Names are looked up in a closed table; a CLR type is never loaded by name.
/// </summary>
public sealed record TypeAlias
{
    private const string ArrayMark = "[]";
    private static readonly string[] CollectionForms =
        ["List", "HashSet", "Collection", "IEnumerable", "ICollection", "IList", "IReadOnlyCollection", "IReadOnlyList", "ISet"];

    private TypeAlias(string name, ValueKind kind) => (Name, Kind) = (name, kind);

    /// <summary>The alias as the file format spells it, for example <c>Int32</c>, <c>String[]</c> or <c>List&lt;String&gt;</c>.</summary>
    public string Name { get; }

    /// <summary>The JSON form of a value of this type.</summary>
    public ValueKind Kind { get; }

    /// <summary>The type of the items; null unless <see cref="Kind"/> is <see cref="ValueKind.List"/>.</summary>
    public TypeAlias? Element { get; private init; }

    /// <summary>The names of an enumeration, in the order of their numbers; empty otherwise.</summary>
    public IReadOnlyList<string> Members { get; private init; } = [];

    /// <summary>Smallest whole number of an <see cref="ValueKind.Integer"/>.</summary>
    public long Smallest { get; private init; }

    /// <summary>Largest whole number of an <see cref="ValueKind.Integer"/>.</summary>
    public long Largest { get; private init; }

    /// <summary>True for types whose text is never read as JSON (contract E.0).</summary>
    public bool IsPrimitive => Kind is not (ValueKind.Any or ValueKind.Map or ValueKind.List);

    public static TypeAlias Object { get; } = new("Object", ValueKind.Any);
    public static TypeAlias String { get; } = new("String", ValueKind.String);
    public static TypeAlias Boolean { get; } = new("Boolean", ValueKind.Boolean);
    public static TypeAlias Int32 { get; } = Integer("Int32", int.MinValue, int.MaxValue);
    public static TypeAlias Int64 { get; } = Integer("Int64", long.MinValue, long.MaxValue);
    public static TypeAlias Double { get; } = new("Double", ValueKind.Real);
    public static TypeAlias Decimal { get; } = new("Decimal", ValueKind.Decimal);
    public static TypeAlias Guid { get; } = new("Guid", ValueKind.Guid);
    public static TypeAlias DateTime { get; } = new("DateTime", ValueKind.DateTime);
    public static TypeAlias DateTimeOffset { get; } = new("DateTimeOffset", ValueKind.DateTimeOffset);
    public static TypeAlias TimeSpan { get; } = new("TimeSpan", ValueKind.TimeSpan);
    public static TypeAlias Bytes { get; } = new("ByteArray", ValueKind.Bytes);
    public static TypeAlias Json { get; } = new("JSON", ValueKind.Any);
    public static TypeAlias JsonObject { get; } = new("JsonObject", ValueKind.Map);
    public static TypeAlias JsonArray { get; } = new("JsonArray", ValueKind.List) { Element = Object };

    private static readonly Dictionary<string, TypeAlias> Known = Table();

    /// <summary>Reads an alias in any case, for example <c>string</c>, <c>Long</c>, <c>Int32[]</c> or <c>IList&lt;Object&gt;</c>.</summary>
    /// <returns>Null when the alias is not known, so that the reader can report where it was written.</returns>
    public static TypeAlias? Parse(string? alias)
    {
        var text = alias?.Trim() ?? string.Empty;
        if (Known.TryGetValue(text, out var known))
        {
            return known;
        }

        if (text.EndsWith(ArrayMark, StringComparison.Ordinal))
        {
            return Parse(text[..^ArrayMark.Length])?.AsArray();
        }

        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open <= 0 || text[^1] != '>')
        {
            return null;
        }

        var isCollection = CollectionForms.Contains(text[..open], StringComparer.OrdinalIgnoreCase);
        return isCollection && Parse(text[(open + 1)..^1]) is { } element ? ListOf(element, text[..open]) : null;
    }

    /// <summary>This type, or an array of it when <paramref name="isArray"/> is set beside the alias in a definition.</summary>
    public static TypeAlias? Parse(string? alias, bool isArray) => isArray ? Parse(alias)?.AsArray() : Parse(alias);

    /// <summary>The array of this type: <c>X[]</c>.</summary>
    public TypeAlias AsArray() => new(Name + ArrayMark, ValueKind.List) { Element = this };

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>Every plain alias, for the list of variable types the designer offers.</summary>
    public static IEnumerable<TypeAlias> Plain => Known.Values.Distinct();

    private static TypeAlias ListOf(TypeAlias element, string form)
    {
        // An interface form says nothing about the value, and Elsa writes it back as List<X>.
        var written = form.ToUpperInvariant() switch { "HASHSET" or "ISET" => "HashSet", "COLLECTION" => "Collection", _ => "List" };
        return new($"{written}<{element.Name}>", ValueKind.List) { Element = element };
    }

    private static TypeAlias Integer(string name, long smallest, long largest) =>
        new(name, ValueKind.Integer) { Smallest = smallest, Largest = largest };

    private static Dictionary<string, TypeAlias> Table()
    {
        TypeAlias[] types =
        [
            Object, String, Boolean, Integer("Int16", short.MinValue, short.MaxValue), Int32, Int64, new("Single", ValueKind.Real), Double, Decimal,
            Guid, DateTime, DateTimeOffset, new("DateOnly", ValueKind.DateOnly), TimeSpan, Bytes, new("Stream", ValueKind.Bytes),
            Json, new("JsonElement", ValueKind.Any), new("JsonNode", ValueKind.Any), JsonObject, JsonArray,
            new("StringDictionary", ValueKind.Map), new("ObjectDictionary", ValueKind.Map), new("StringMap", ValueKind.Map), new("ObjectMap", ValueKind.Map),
            new("HttpRequest", ValueKind.Any), new("HttpResponse", ValueKind.Any), new("HttpResponseMessage", ValueKind.Any), new("HttpHeaders", ValueKind.Map),
            new("RouteData", ValueKind.Map), new("FormFile", ValueKind.Any), new("HttpFile", ValueKind.Any), new("Downloadable", ValueKind.Any),
            Integer("HttpStatusCode", 100, 999),
            new("FlowJoinMode", ValueKind.Enumeration) { Members = ["WaitAll", "WaitAny", "WaitAllActive"] },
        ];
        var table = types.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        table["Long"] = Int64;
        table["Int"] = Int32;
        table["Bool"] = Boolean;
        table["Float"] = table["Single"];
        table["ExpandoObject"] = Json;
        table["byte[]"] = table["ByteArray"];
        return table;
    }
}
