using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Wallet.Credentials;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;

namespace PublicService.Engine.Studio;

/// <summary>
/// The choices of fields whose values are kept by the engine: offices, procedures, papers, results, roles. An analyst picks, and does
/// not type codes. What a step has already stays among its choices, so that looking at a step never changes it.
/// </summary>
internal sealed class Pickers(
    OfficeDirectory offices,
    ProcedureDirectory procedures,
    IReadOnlyDictionary<string, CredentialType> credentialTypes,
    DefinitionCache definitions,
    IDbContextFactory<EngineDb> contexts,
    TimeProvider time)
{
    /// <summary>Changes when choices may have changed: with the directories and at midnight.</summary>
    public long Revision => HashCode.Combine(offices.All.Count, procedures.All.Count(), definitions.AllPublished, VietnamTime.DateOf(time.GetUtcNow()));

    private DateOnly Today => VietnamTime.DateOf(time.GetUtcNow());

    /// <summary>Puts the choices into a descriptor; those that depend on the step are asked for when it is shown.</summary>
    public JsonObject Fill(JsonObject descriptor)
    {
        foreach (var input in descriptor["inputs"]!.AsArray().OfType<JsonObject>())
        {
            if (input["uiSpecifications"] is JsonObject specifications && specifications["source"]?.ToString() is { } source)
            {
                specifications.Remove("source");
                Add(specifications, FieldSources.Depends(source) ? [] : Choices(source));
            }
        }

        return descriptor;
    }

    /// <summary>Editor settings of one input, with the choices it has in this step.</summary>
    /// <param name="context">Values of the inputs of the step, by name in either spelling.</param>
    /// <param name="definitionId">The definition that is open; null when nobody said.</param>
    /// <exception cref="ProblemException">404 NOT_FOUND.</exception>
    public async Task<JsonObject> OptionsAsync(string typeName, string inputName, JsonObject context, string? definitionId, CancellationToken cancellationToken)
    {
        var input = (definitions.Catalog.Find(typeName, 0)?.Descriptor.Inputs.FirstOrDefault(one => one.Name.Equals(inputName, StringComparison.OrdinalIgnoreCase))).FindOrRefuse("Trường của bước");
        var specifications = (JsonObject?)input.UiSpecifications?.DeepClone() ?? [];
        if (specifications["source"]?.ToString() is { } source)
        {
            specifications.Remove("source");
            var choices = source switch
            {
                FieldSources.Papers => (await ProcedureOfAsync(definitionId, cancellationToken))?.Papers.Select(paper => Choice(paper.Name, paper.Name)) ?? [],
                FieldSources.Results => Results(await ProcedureOfAsync(definitionId, cancellationToken)),
                _ => Choices(source),
            };
            var list = choices.DistinctBy(choice => choice["value"]!.ToString()).ToList();
            Add(specifications, [.. list, .. TextsOf(context, input.Name).Where(value => !list.Exists(choice => choice["value"]!.ToString() == value)).Select(value => Choice(value, value))]);
        }

        return specifications;
    }

    private IEnumerable<JsonObject> Choices(string source) => source switch
    {
        FieldSources.Offices => offices.ValidOn(Today).Select(office => Choice($"{office.Name} ({office.Id})", office.Id)),
        FieldSources.Procedures => procedures.All.Where(procedure => procedure.IsValidOn(Today)).Select(procedure => Choice($"{procedure.Code} {procedure.Name}", procedure.Code)),
        FieldSources.Roles => Role.All.Select(role => Choice(Role.Word(role), role)),
        FieldSources.CredentialTypes => credentialTypes.Values.Select(type => Choice(type.Name["vi-VN"], type.Id)),
        _ => throw new InvalidOperationException($"Nobody gives the choices '{source}'."),
    };

    private IEnumerable<JsonObject> Results(Procedure? own) => (own?.Results ?? [])
        .Concat(procedures.All.Where(procedure => procedure.IsValidOn(Today)).SelectMany(procedure => procedure.Results))
        .Where(result => result.Code is not null)
        .Select(result => Choice($"{result.Code} {result.Name}", result.Code!));

    /// <summary>The procedure a definition carries: the one it names, else the one with its id.</summary>
    private async Task<Procedure?> ProcedureOfAsync(string? definitionId, CancellationToken cancellationToken)
    {
        if (definitionId is null)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsLatest, cancellationToken);
        return row is null ? null : procedures.TryFind(ProcedureCheck.CodeOf(DefinitionReader.Read(row.Json, definitions.Catalog)), Today);
    }

    private static void Add(JsonObject specifications, IEnumerable<JsonObject> choices)
    {
        var editor = specifications.Select(setting => setting.Value).OfType<JsonObject>().Single();
        var items = (editor["selectList"] ?? editor["checkList"])!["items"]!.AsArray();
        foreach (var choice in choices)
        {
            items.Add(choice);
        }
    }

    /// <summary>The texts an input holds: plain, or as a literal or an object in an expression. A script has none before it runs.</summary>
    private static IReadOnlyList<string> TextsOf(JsonObject values, string name)
    {
        var value = ValueOf(values.FirstOrDefault(one => one.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value);
        if (value?.GetValueKind() is JsonValueKind.String && value.ToString().TrimStart().StartsWith('['))
        {
            try
            {
                value = JsonNode.Parse(value.ToString());
            }
            catch (JsonException)
            {
                // Half a list, while somebody types: no choices yet.
                return [];
            }
        }

        return value is JsonArray list ? [.. list.Select(one => one?.ToString()).OfType<string>()] : value?.ToString() is { Length: > 0 } text ? [text] : [];
    }

    private static JsonNode? ValueOf(JsonNode? input)
    {
        if (input is not JsonObject wrapped)
        {
            return input;
        }

        var expression = wrapped["expression"] as JsonObject;
        return expression?["type"]?.ToString() is null or "Literal" or "Object" ? expression?["value"] : null;
    }

    private static JsonObject Choice(string text, string value) => new() { ["text"] = text, ["value"] = value };
}
