using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Model;

/// <summary>A named value a container declares (Elsa contract B.1, D.6).</summary>
/// <param name="Default">Default as written in the file: text, parsed to <paramref name="Type"/> when the container starts.</param>
public sealed record Variable(string Id, string Name, TypeAlias Type, JsonNode? Default);

/// <summary>An input a workflow is started with.</summary>
public sealed record WorkflowInput(string Name, TypeAlias Type, string? DisplayName, string? Description, JsonNode? Default);

/// <summary>An output a workflow gives back.</summary>
public sealed record WorkflowOutput(string Name, TypeAlias Type, string? DisplayName, string? Description);

/// <summary>An arrow of a flowchart; a missing port means the default outcome.</summary>
public sealed record Connection(ActivityNode Source, string Port, ActivityNode Target)
{
    /// <summary>Stable text under which join counters are kept between runs.</summary>
    public string Key { get; } = $"{Source.Id}:{Port}->{Target.Id}";
}
