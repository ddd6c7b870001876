using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Running;

/// <summary>
/// How an input gets its value (Elsa contract B.3, E): constants are converted when the definition is read, the rest when the step runs.
/// </summary>
public abstract class InputValue
{
    /// <summary>The value when it is the same in every run, otherwise null.</summary>
    public virtual JsonNode? Constant => null;

    /// <summary>Script text when it is one; for checks.</summary>
    public virtual string? Script => null;

    /// <summary>Why the value written in the file cannot be used; null when it can, or when that was reported already.</summary>
    public virtual string? Flaw => null;

    public abstract JsonNode? Evaluate(StepContext step);

    /// <summary>A value known when the definition is read.</summary>
    internal sealed class Fixed(JsonNode? value) : InputValue
    {
        public override JsonNode? Constant => value;

        public override JsonNode? Evaluate(StepContext step) => value;
    }

    /// <summary>A value that cannot be had; the step that needs it fails with the reason.</summary>
    internal sealed class Unusable(string reason, bool reported = false) : InputValue
    {
        public override string? Flaw => reported ? null : reason;

        public override JsonNode? Evaluate(StepContext step) => throw new ExpressionException(reason);
    }

    /// <summary>The current value of a variable, found by id, else by name.</summary>
    internal sealed class OfVariable(string? id, string? name, TypeAlias type) : InputValue
    {
        public override JsonNode? Evaluate(StepContext step)
        {
            if (step.FindVariable(id, name) is not { } found)
            {
                throw new ExpressionException($"Variable '{name ?? id}' not found.");
            }

            return ValueConverter.Convert(found.Value, type);
        }
    }

    /// <summary>The value of a workflow input.</summary>
    internal sealed class OfInput(string name, TypeAlias type) : InputValue
    {
        public override JsonNode? Evaluate(StepContext step) => ValueConverter.Convert(step.WorkflowInput(name), type);
    }

    /// <summary>A JavaScript expression or body.</summary>
    internal sealed class OfScript(string script, TypeAlias type) : InputValue
    {
        public override string? Script => script;

        public override JsonNode? Evaluate(StepContext step) => ValueConverter.Convert(step.Evaluate(script), type);
    }

    /// <summary>A dictionary whose entries are expressions of their own.</summary>
    internal sealed class OfEntries(IReadOnlyDictionary<string, InputValue> entries) : InputValue
    {
        public override JsonNode? Evaluate(StepContext step)
        {
            var result = new JsonObject();
            foreach (var (key, value) in entries)
            {
                result[key] = value.Evaluate(step)?.DeepClone();
            }

            return result;
        }
    }
}

/// <summary>An expression cannot give a value.</summary>
public sealed class ExpressionException(string message, Exception? inner = null) : Exception(message, inner);
