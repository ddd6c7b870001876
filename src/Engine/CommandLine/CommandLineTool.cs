using PublicService.Activities;
using PublicService.Engine.Directories;
using PublicService.Workflows.Catalog;

namespace PublicService.Engine.CommandLine;

/// <summary>
/// What the engine does without being a server: <c>run</c> plays a scenario, <c>check</c> validates definitions.
/// Exit codes: 0 fine, 1 findings, 2 wrong use or malformed input.
/// </summary>
public static class CommandLineTool
{
    public const int Fine = 0;
    public const int Findings = 1;
    public const int Malformed = 2;

    /// <summary>Whether the first argument names a command of this tool.</summary>
    public static bool Knows(string[] args) => args is ["run" or "check", ..];

    /// <param name="procedures">The catalogue the rules of procedures are checked against.</param>
    public static int Run(string[] args, TextWriter output, TextWriter errors, Func<IEnumerable<Procedure>> procedures)
    {
        var catalog = ActivityCatalog.Of(typeof(ActivitiesRoom).Assembly);
        return args[0] == "run"
            ? new RunCommand(catalog, output, errors).Run(args[1..])
            : new CheckCommand(catalog, output, errors, procedures).Run(args[1..]);
    }
}
