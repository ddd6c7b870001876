namespace PublicService.Workflows.Expressions;

/// <summary>The globals of contract E.1. Each is JavaScript that is evaluated only in a world whose script mentions its name.</summary>
internal static partial class ScriptLibrary
{
    /// <summary>
    /// What reaches outside, runs without limit, or takes memory in one step. A world is made without asking for them, because each
    /// is built when it is first touched; only a script that could name one makes it worth taking them away.
    /// </summary>
    public static IReadOnlyList<string> Withheld { get; } =
    [
        "console", "WebAssembly", "Atomics", "Promise", "SharedArrayBuffer", "FinalizationRegistry", "WeakRef", "ArrayBuffer", "DataView",
        "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float16Array",
        "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "$vm",
    ];

    /// <summary>Takes away the names of <see cref="Withheld"/>.</summary>
    public static string Barrier { get; } = $"for (const name of ['{string.Join("', '", Withheld)}']) {{ delete globalThis[name]; }}";

    /// <summary>Run in every new world: bounds the built-ins that take much memory in one step.</summary>
    public const string Prelude = """
        (function () {
            delete Array.fromAsync;
            const most = 4194304;
            const guard = (owner, name, size) => {
                const original = owner[name];
                owner[name] = function (a, b) {
                    if (size(this, a, b) > most) { throw new RangeError('Out of memory'); }
                    return original.call(this, ...arguments);
                };
                Object.defineProperty(owner, name, { enumerable: false });
            };
            guard(String.prototype, 'repeat', (text, count) => text.length * count);
            guard(String.prototype, 'padStart', (_, length) => length);
            guard(String.prototype, 'padEnd', (_, length) => length);
            guard(Array.prototype, 'fill', list => list.length);
            guard(Array.prototype, 'join', list => list.length);
        })()
        """;

    /// <summary>Tells whether a result is small enough to cross; walks it in JavaScript, so that the limits hold meanwhile.</summary>
    public const string Measure = """
        (value, most) => {
            let left = most;
            const walk = (item, depth) => {
                if (typeof item === 'string') { left -= item.length; return; }
                left -= 1;
                if (item === null || typeof item !== 'object' || left < 0) { return; }
                if (depth > 60) { throw new RangeError('The result is nested too deeply or refers to itself'); }
                if (Array.isArray(item)) {
                    for (let i = 0; i < item.length && left >= 0; i++) { walk(item[i], depth + 1); }
                    return;
                }
                for (const key of Object.keys(item)) {
                    left -= key.length;
                    if (left < 0) { return; }
                    walk(item[key], depth + 1);
                }
            };
            walk(value, 0);
            return left >= 0;
        }
        """;

    /// <summary>The names and, before each, the names it needs itself.</summary>
    public static IEnumerable<string> Needed(IEnumerable<string> identifiers) =>
        identifiers.Where(Has).SelectMany(name => Needs.TryGetValue(name, out var needs) ? [.. needs, name] : new[] { name }).Distinct();

    public static bool Has(string name) => Sources.ContainsKey(name);

    /// <summary>An expression over <c>host</c>, the one native function.</summary>
    public static string SourceOf(string name) => Sources[name];

    private static readonly Dictionary<string, string[]> Needs = new()
    {
        ["DateTime"] = ["Date", "TimeSpan"],
        ["DateTimeOffset"] = ["Date", "TimeSpan"],
        ["parseGuid"] = ["Guid"],
        ["newGuid"] = ["Guid"],
    };

    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["getWorkflowDefinitionId"] = Calls(HostCall.DefinitionId),
        ["getWorkflowDefinitionVersionId"] = Calls(HostCall.VersionId),
        ["getWorkflowDefinitionVersion"] = Calls(HostCall.Version),
        ["getWorkflowInstanceId"] = Calls(HostCall.InstanceId),
        ["getCorrelationId"] = Calls(HostCall.GetCorrelationId),
        ["setCorrelationId"] = Calls(HostCall.SetCorrelationId),
        ["getWorkflowInstanceName"] = Calls(HostCall.GetInstanceName),
        ["setWorkflowInstanceName"] = Calls(HostCall.SetInstanceName),
        ["getVariable"] = Calls(HostCall.GetVariable),
        ["setVariable"] = Calls(HostCall.SetVariable),
        ["getInput"] = Calls(HostCall.GetInput),
        ["getOutputFrom"] = Calls(HostCall.GetOutput),
        ["getLastResult"] = Calls(HostCall.LastResult),
        ["getConfig"] = Calls(HostCall.Config),
        ["setOutcome"] = $"(name) => host({(int)HostCall.SetOutcomes}, [String(name)])",
        ["setOutcomes"] = $"(names) => host({(int)HostCall.SetOutcomes}, Array.from(names, String))",
        ["variables"] = Variables,
        ["isNullOrWhiteSpace"] = "(text) => text === null || text === undefined || String(text).trim() === ''",
        ["isNullOrEmpty"] = "(text) => text === null || text === undefined || String(text) === ''",
        ["toJson"] = "(value) => JSON.stringify(value === undefined ? null : value)",
        ["parseGuid"] = "(text) => Guid.Parse(text)",
        ["newGuid"] = "() => Guid.NewGuid()",
        ["newGuidString"] = Calls(HostCall.NewGuid),
        ["newShortGuid"] = Calls(HostCall.NewShortGuid),
        ["stringToBase64"] = Calls(HostCall.TextToBase64),
        ["stringFromBase64"] = Calls(HostCall.TextFromBase64),
        ["bytesToString"] = Calls(HostCall.BytesToText),
        ["bytesFromString"] = Calls(HostCall.BytesFromText),
        ["bytesToBase64"] = Calls(HostCall.BytesToBase64),
        ["bytesFromBase64"] = Calls(HostCall.BytesFromBase64),
        ["streamToBytes"] = "(bytes) => bytes",
        ["streamToBase64"] = Calls(HostCall.BytesToBase64),
        ["Promise"] = Promise,
        ["Date"] = Date,
        ["TimeSpan"] = TimeSpan,
        ["DateTime"] = DateTime("DateTime"),
        ["DateTimeOffset"] = DateTime("DateTimeOffset"),
        ["Guid"] = Guid,
        ["Random"] = Random,
    };

    private static string Calls(HostCall call) => $"(...values) => host({(int)call}, ...values)";
}
