using PublicService.Dossiers;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Tests;

/// <summary>Every definition in <c>workflows/</c>, walked through every outcome of every step to its ends.</summary>
public sealed class ProcedureWalkTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "workflows");

    public static TheoryData<string> Files { get; } =
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Has_no_findings(string file)
    {
        Assert.Empty(DefinitionCheck.Check(DossierTrial.Procedure(file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_outcome_of_every_step_is_followed_and_every_walk_ends(string file)
    {
        var definition = DossierTrial.Procedure(file);
        var walker = new Walker(definition, seed: 20261121);

        var expected = definition.Nodes.Values
            .Where(node => node.Parent is not null && node != definition.Workflow.Port("Root"))
            .SelectMany(node => OutcomesOf(node).Select(outcome => $"{node.Id}:{outcome}"))
            .ToList();

        walker.Walk(expected, atMost: 3000);

        Assert.Empty(expected.Except(walker.Seen));
        Assert.Contains(BusinessStatus.Returned, walker.Endings);
    }

    /// <summary>A step that ends the flowchart leaves by nothing.</summary>
    private static IReadOnlyList<string> OutcomesOf(ActivityNode node) => node.Activity.IsTerminal ? [] : node.Activity.OutcomesOf(node);
}
