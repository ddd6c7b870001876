using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>The one native function scripts reach: it answers a <see cref="HostCall"/> from the scope of the evaluation that runs.</summary>
internal static unsafe class ScriptHost
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static nint Answer(nint context, nint function, nint self, nuint count, nint* arguments, nint* exception)
    {
        var evaluation = ScriptEvaluation.Current;
        try
        {
            var call = (HostCall)(int)JavaScriptCore.ToNumber(context, arguments[0], out _);
            return Answer(evaluation!, call, new(context, arguments + 1, (int)count - 1));
        }
        catch (Exception error)
        {
            // An exception must not cross native frames; the evaluation gives it back as the cause if the script does not catch it.
            evaluation?.Remember(error);
            *exception = ScriptValues.MakeError(context, error.Message);
            return JavaScriptCore.MakeUndefined(context);
        }
    }

    private static nint Answer(ScriptEvaluation evaluation, HostCall call, Arguments given)
    {
        var scope = evaluation.Scope;
        switch (call)
        {
            case HostCall.Accessor:
                return Access(evaluation, evaluation.World[(int)given.ToNumber(0)], given);
            case HostCall.GetVariable:
                return evaluation.ReadVariable(given.Text(0)) ?? throw new KeyNotFoundException($"There is no variable '{given.Text(0)}'");
            case HostCall.PeekVariable:
                return evaluation.ReadVariable(given.Text(0)) ?? given.Nothing();
            case HostCall.SetVariable:
                evaluation.WriteVariable(given.Text(0), given.Node(1));
                return given.Nothing();
            case HostCall.GetInput:
                return scope.TryGetInput(given.Text(0), out var input, out var type) ? evaluation.Give(input, type) : given.Null();
            case HostCall.GetOutput:
                return evaluation.Give(scope.GetOutput(given.Text(0), given.IsGiven(1) ? given.Text(1) : "Result"));
            case HostCall.LastResult:
                return evaluation.Give(scope.LastResult);
            case HostCall.VariableNames:
                return given.Json(scope.VariableNames.Distinct().ToArray());
            case HostCall.SetCorrelationId:
                scope.CorrelationId = given.OptionalText(0);
                return given.Nothing();
            case HostCall.SetInstanceName:
                scope.WorkflowInstanceName = given.OptionalText(0);
                return given.Nothing();
            case HostCall.SetOutcomes:
                scope.SetOutcomes([.. given.Node(0)!.AsArray().Select(outcome => outcome!.GetValue<string>())]);
                return given.Nothing();
            case HostCall.Version:
                return given.Number(scope.WorkflowDefinitionVersion);
            case HostCall.Now:
                return given.Number((double)scope.Now.ToUnixTimeMilliseconds());
            case HostCall.ParseTimeSpan:
                return given.Number(ValueConverter.ReadTimeSpan(given.Text(0)).TotalMilliseconds);
            case HostCall.ParseDate:
                return given.Number((double)ValueConverter.ReadDate(given.Text(0)).ToUnixTimeMilliseconds());
            case HostCall.BytesFromText:
                return given.Bytes(Encoding.UTF8.GetBytes(given.Text(0)));
            case HostCall.BytesFromBase64:
                return given.Bytes(Convert.FromBase64String(given.Text(0)));
            default:
                return ScriptValues.FromText(given.Context, TextFor(scope, call, given));
        }
    }

    private static string? TextFor(ScriptScope scope, HostCall call, Arguments given) => call switch
    {
        HostCall.DefinitionId => scope.WorkflowDefinitionId,
        HostCall.VersionId => scope.WorkflowDefinitionVersionId,
        HostCall.InstanceId => scope.WorkflowInstanceId,
        HostCall.GetCorrelationId => scope.CorrelationId,
        HostCall.GetInstanceName => scope.WorkflowInstanceName,
        HostCall.Config => scope.Configuration!.TryGetValue(given.Text(0), out var setting) ? setting : null,
        HostCall.NewGuid => scope.NewGuid().ToString(),
        HostCall.NewShortGuid => ShortGuid(scope.NewGuid()),
        HostCall.ParseGuid => Guid.TryParse(given.Text(0), out var guid) ? guid.ToString() : throw new FormatException($"'{given.Text(0)}' is not a Guid"),
        HostCall.TextToBase64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(given.Text(0))),
        HostCall.TextFromBase64 => Encoding.UTF8.GetString(Convert.FromBase64String(given.Text(0))),
        HostCall.BytesToText => Encoding.UTF8.GetString(given.ToBytes(0)),
        HostCall.BytesToBase64 => Convert.ToBase64String(given.ToBytes(0)),
        _ => throw new NotSupportedException($"Unknown call {call}"),
    };

    private static nint Access(ScriptEvaluation evaluation, ScriptBinding binding, Arguments given)
    {
        switch (binding.Kind)
        {
            case ScriptBindingKind.GetVariable:
                return evaluation.ReadVariable(binding.Target) ?? given.Null();
            case ScriptBindingKind.SetVariable:
                evaluation.WriteVariable(binding.Target, given.Node(1));
                return given.Nothing();
            case ScriptBindingKind.GetInput:
                return evaluation.Scope.TryGetInput(binding.Target, out var input, out var type) ? evaluation.Give(input, type) : given.Null();
            case ScriptBindingKind.GetOutput:
                return evaluation.Give(evaluation.Scope.GetOutput(binding.Target, binding.Output!));
            default:
                return evaluation.Give(evaluation.Scope.Arguments.GetValueOrDefault(binding.Target));
        }
    }

    // 22 letters that are safe in an address, as Elsa's.
    private static string ShortGuid(Guid guid) =>
        Convert.ToBase64String(guid.ToByteArray()).TrimEnd('=').Replace('/', '_').Replace('+', '-');

    /// <summary>The arguments of one call.</summary>
    private readonly struct Arguments(nint context, nint* values, int count)
    {
        public nint Context => context;

        public bool IsGiven(int i) => i < count && JavaScriptCore.GetType(context, values[i]) is not (JavaScriptCore.Undefined or JavaScriptCore.Null);

        public double ToNumber(int i) => JavaScriptCore.ToNumber(context, values[i], out _);

        public string Text(int i) => i < count ? ScriptValues.ToText(context, values[i]) : throw new ArgumentException("An argument is missing");

        public string? OptionalText(int i) => IsGiven(i) ? Text(i) : null;

        public JsonNode? Node(int i) => i < count ? ScriptValues.ToNode(context, values[i]) : null;

        public byte[] ToBytes(int i)
        {
            var text = ValueConverter.Convert(Node(i), TypeAlias.Bytes) ?? throw new ArgumentException("Bytes are missing");
            return Convert.FromBase64String(text.GetValue<string>());
        }

        public nint Nothing() => JavaScriptCore.MakeUndefined(context);

        public nint Null() => JavaScriptCore.MakeNull(context);

        public nint Number(double value) => JavaScriptCore.MakeNumber(context, value);

        public nint Bytes(byte[] value) => ScriptValues.FromBytes(context, value);

        public nint Json(string[] names) => ScriptValues.FromJson(context, new JsonArray([.. names.Select(name => (JsonNode)name)]).ToJsonString());
    }
}
