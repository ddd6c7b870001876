using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>Variables in scope of a step: its own first, then those of its containers (Elsa contract D.6).</summary>
public sealed partial class StepContext
{
    /// <summary>A variable found in scope, with its current value.</summary>
    /// <param name="Variable">Null for a loop variable.</param>
    public readonly record struct FoundVariable(StepContext Scope, string Name, Variable? Variable, JsonNode? Value);

    /// <summary>Finds by id, else by name, nearest scope first.</summary>
    public FoundVariable? FindVariable(string? id, string? name)
    {
        if (id is not null)
        {
            for (var scope = this; scope is not null; scope = scope.Parent)
            {
                foreach (var variable in scope.Node.Variables)
                {
                    if (variable.Id == id)
                    {
                        return new(scope, variable.Name, variable, scope.State.Variables?.GetValueOrDefault(id));
                    }
                }
            }
        }

        return name is null ? null : FindVariable(name);
    }

    public FoundVariable? FindVariable(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.State.DynamicVariables is { } loop && loop.TryGetValue(name, out var current))
            {
                return new(scope, name, null, current);
            }

            foreach (var variable in scope.Node.Variables)
            {
                if (variable.Name == name)
                {
                    return new(scope, name, variable, scope.State.Variables?.GetValueOrDefault(variable.Id));
                }
            }
        }

        return null;
    }

    /// <summary>Assigns a variable in the scope that declares it, converted to its type.</summary>
    /// <exception cref="ConversionException">The value does not fit the variable's type.</exception>
    public static void Assign(FoundVariable found, JsonNode? value)
    {
        if (found.Variable is { } variable)
        {
            (found.Scope.State.Variables ??= [])[variable.Id] = ValueConverter.Convert(value, variable.Type);
        }
        else
        {
            found.Scope.State.DynamicVariables![found.Name] = ValueConverter.Convert(value, TypeAlias.Object);
        }
    }

    /// <summary>Assigns by name; false when no such variable is in scope.</summary>
    public bool SetVariable(string name, JsonNode? value)
    {
        if (FindVariable(name) is not { } found)
        {
            return false;
        }

        Assign(found, value);
        return true;
    }

    /// <summary>Names of all variables in scope, nearest first.</summary>
    public IEnumerable<string> VariableNames()
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var name in scope.State.DynamicVariables?.Keys.AsEnumerable() ?? [])
            {
                yield return name;
            }

            foreach (var variable in scope.Node.Variables)
            {
                yield return variable.Name;
            }
        }
    }

    /// <summary>Value of a workflow input by name; null when it was not given. Inside a workflow used as an activity, of that workflow.</summary>
    public JsonNode? WorkflowInput(string name)
    {
        if (CompositeWithInput(name) is { } composite)
        {
            return composite.FindVariable(name)?.Value;
        }

        var input = Definition.Inputs.FirstOrDefault(declared => declared.Name == name);
        if (run.State.Input.TryGetValue(name, out var value) && value is not null)
        {
            return input is null ? value : ValueConverter.Convert(value, input.Type);
        }

        return input?.Default is { } fallback ? ValueConverter.Convert(fallback, input.Type) : null;
    }

    /// <summary>The type an input was declared with, here or by a workflow used as an activity around this step; null when nobody did.</summary>
    internal TypeAlias? TypeOfInput(string name) =>
        CompositeWithInput(name)?.FindVariable(name)?.Variable?.Type ?? Definition.Inputs.FirstOrDefault(input => input.Name == name)?.Type;

    private StepContext? CompositeWithInput(string name)
    {
        for (var scope = Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Node.Activity is BuiltIn.Composition.WorkflowActivity composite && composite.Definition.Inputs.Any(input => input.Name == name))
            {
                return scope;
            }
        }

        return null;
    }

    /// <summary>Evaluates a script in the scope of this step.</summary>
    /// <exception cref="ScriptException">The script failed or went over a limit.</exception>
    public JsonNode? Evaluate(string script, IReadOnlyDictionary<string, JsonNode?>? arguments = null) =>
        run.Scripts.Evaluate(script, new StepScriptScope(this, arguments, null));

    /// <summary>Evaluates a script that may choose outcomes (RunJavaScript).</summary>
    internal JsonNode? Evaluate(string script, List<string> outcomes) =>
        run.Scripts.Evaluate(script, new StepScriptScope(this, null, outcomes));

    internal void DeclareVariables()
    {
        foreach (var variable in Node.Variables)
        {
            if (variable.Default is null)
            {
                continue;
            }

            try
            {
                (State.Variables ??= [])[variable.Id] = ValueConverter.Convert(variable.Default, variable.Type);
            }
            catch (ConversionException cause)
            {
                throw new ExpressionException($"The default of variable '{variable.Name}' is no {variable.Type.Name}.", cause);
            }
        }
    }

    private void Bind(string target, JsonNode? value)
    {
        if (FindVariable(target, target) is { } variable)
        {
            Assign(variable, value);
        }
        else
        {
            SetOutput(target, value);
        }
    }

    /// <summary>Gives the nearest composite that declares this output its value, otherwise the workflow (Elsa contract D.10).</summary>
    public void SetOutput(string name, JsonNode? value)
    {
        for (var scope = Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Node.Activity is BuiltIn.Composition.WorkflowActivity composite && composite.Definition.Outputs.Any(output => output.Name == name))
            {
                scope.Set(composite.OutputNamed(name), value);
                return;
            }
        }

        var declared = Definition.Outputs.FirstOrDefault(output => output.Name == name);
        run.State.Output[name] = declared is null ? value : ValueConverter.Convert(value, declared.Type);
    }
}
