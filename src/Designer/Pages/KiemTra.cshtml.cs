using PublicService.Designer.Access;

namespace PublicService.Designer.Pages;

/// <summary>What is wrong in all definitions, with the way to each.</summary>
internal sealed class KiemTraModel(Session session, Engine engine) : EnginePage(session, engine)
{
    public sealed record Finding(string Code, string Level, string? ActivityId, string? StepName, string Message)
    {
        public bool IsError => Level == "Error";
    }

    public sealed record CheckedVersion(string DefinitionId, int Version, string Name, bool IsLatest, bool IsPublished, IReadOnlyList<Finding> Findings, int Errors, int Warnings);

    public sealed record Findings(int Checked, int Clean, int Errors, int Warnings, IReadOnlyList<CheckedVersion> Items);

    public Findings? Found { get; private set; }

    public async Task OnGetAsync() => Found = await ReadAsync<Findings>("/definitions/findings");
}
