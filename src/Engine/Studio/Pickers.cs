using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Workflows.Catalog;

namespace PublicService.Engine.Studio;

/// <summary>The choices of fields whose values are kept by the engine: offices, procedures, roles. An analyst picks, and does not type codes.</summary>
internal sealed class Pickers(OfficeDirectory offices, ProcedureDirectory procedures, TimeProvider time)
{
    /// <summary>Changes when choices may have changed: with the directories and at midnight.</summary>
    public long Revision => HashCode.Combine(offices.All.Count, procedures.All.Count(), VietnamTime.DateOf(time.GetUtcNow()));

    /// <summary>Puts the choices into a descriptor.</summary>
    public JsonObject Fill(JsonObject descriptor)
    {
        foreach (var input in descriptor["inputs"]!.AsArray().OfType<JsonObject>())
        {
            if (input["uiSpecifications"]?["source"] is { } source)
            {
                var items = input["uiSpecifications"]![input["uiHint"]!.ToString()]!["selectList"]!["items"]!.AsArray();
                foreach (var choice in Choices(source.ToString()))
                {
                    items.Add(choice);
                }

                ((JsonObject)input["uiSpecifications"]!).Remove("source");
            }
        }

        return descriptor;
    }

    private IEnumerable<JsonObject> Choices(string source)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        return source switch
        {
            FieldSources.Offices => offices.All.Where(office => office.IsValidOn(today)).Select(office => Choice($"{office.Name} ({office.Id})", office.Id)),
            FieldSources.Procedures => procedures.All.Where(procedure => procedure.IsValidOn(today)).Select(procedure => Choice($"{procedure.Code} {procedure.Name}", procedure.Code)),
            FieldSources.Roles => Role.All.Select(role => Choice(Role.Word(role), role)),
            _ => throw new InvalidOperationException($"Nobody gives the choices '{source}'."),
        };
    }

    private static JsonObject Choice(string text, string value) => new() { ["text"] = text, ["value"] = value };
}
