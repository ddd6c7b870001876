using System.Globalization;
using PublicService.Dossiers;
using PublicService.Workflows.Checks;
using Xunit.Abstractions;

namespace PublicService.Activities.Tests;

/// <summary>
/// Every definition in <c>workflows/</c>, walked to its ends under the legal limit of its procedure: every path of its drawing, and every
/// pair of outcomes that can follow one another, prompt and late. Where they are few enough, every sequence of answers is given too,
/// from every start; <c>WALK_PATHS</c> sets how many are few enough, for a longer proof than the daily one.
/// </summary>
public sealed class ProcedureWalkTests(ITestOutputHelper output)
{
    private static readonly int FewEnough = int.TryParse(Environment.GetEnvironmentVariable("WALK_PATHS"), CultureInfo.InvariantCulture, out var most) ? most : 500;

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
    public void Every_path_keeps_the_law_to_its_end(string file)
    {
        var definition = DossierTrial.Procedure(file);
        var walker = new Walker(definition, seed: 20261121);
        var starts = WalkStart.All(definition);

        var (drawn, closed) = walker.FollowEveryPath(starts, WalkStart.Combined(definition));
        output.WriteLine($"{definition.DefinitionId}: {drawn} paths drawn, {walker.Walks} walks; closed at {closed.Count} outcomes{string.Concat(closed.Select(way => $"\n   no {way.Outcome} after {way.Passed}"))}");
        // What a person, a system or time may answer must be possible; only a step that decides by what is known may close a way.
        Assert.DoesNotContain(closed, way => way.WasAsked);

        var paths = starts.Select(start => walker.TakeEveryPath(start, FewEnough / starts.Count)).TakeWhile(count => count is not null).ToList();
        walker.Cover(starts, patience: 40);

        var outcomes = walker.Map.Legs.ToList();
        var pairs = walker.Map.Pairs.ToList();
        var missed = pairs.Except(walker.SeenPairs).ToList();
        output.WriteLine(
            $"{definition.DefinitionId}: {(paths.Count == starts.Count ? $"all {paths.Sum()} sequences of answers from {starts.Count} starts" : $"more than {FewEnough} sequences")}, "
            + $"{walker.Walks} walks, {outcomes.Count} outcomes, {pairs.Count - missed.Count} of {pairs.Count} pairs{string.Concat(missed.Select(pair => $"\n  not {pair.First} then {pair.Second}"))}");
        Assert.Empty(outcomes.Except(walker.Seen));
        Assert.DoesNotContain(missed, pair => !walker.Map.IsWatch(pair.Second));
        Assert.Contains(BusinessStatus.Returned, walker.Endings);
    }
}
