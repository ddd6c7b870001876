using System.Text.Json.Nodes;
using MediatR;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Says which workflow carries a procedure. Without a definition a first draft is made, with a start and nothing else. A workflow that is
/// not published does not take the place of one that is: then it is drawn for the procedure, and this is asked again after publishing.
/// Refuses with WORDING_IN_USE when dossiers were handed in under the wording in force; a new wording then says it.
/// </summary>
public static class AssignDefinition
{
    /// <param name="DefinitionId">Null for the one the catalogue names.</param>
    public sealed record Body(string Reason, string? DefinitionId = null);

    public sealed record Command(string Code, Body Body) : IRequest<Reply>;

    /// <param name="InForce">New dossiers start with it as soon as it is published.</param>
    public sealed record Reply(string Code, string DefinitionId, int Version, bool IsPublished, bool InForce);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/procedures/{code}/definition", async (string code, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(code, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) =>
            errors.Text(input.Body.Reason, "reason", 1000).OptionalText(input.Body.DefinitionId, "definitionId", 200);
    }

    internal sealed class Handler(ProcedureCatalogue catalogue, DefinitionVersions versions, DefinitionCache definitions, CurrentPerson person, OfficeDirectory offices)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (code, reason) = (request.Code, request.Body.Reason.Trim());
            // The drawing first: cut off in between, it is a draft nobody runs, and asking again goes on from there.
            DefinitionRow? drawn = null;
            var inForce = true;
            await catalogue.ChangeAsync([code], async work =>
            {
                var row = work.On(code, VietnamTime.DateOf(work.Now)).FindOrRefuse("Thủ tục");
                person.MustLookAfterCatalogue(offices, row.Field);
                drawn ??= await DrawnForAsync(row, request.Body.DefinitionId, reason, cancellationToken);
                inForce = row.DefinitionId == drawn.DefinitionId || drawn.IsPublished || definitions.Published(row.DefinitionId) is null;
                if (inForce && row.DefinitionId != drawn.DefinitionId)
                {
                    var input = new WordingInput((JsonObject)JsonNode.Parse(row.Json)!, reason, DefinitionId: drawn.DefinitionId);
                    var (after, _) = WordingInputs.Row(input, code, row.ValidFrom, row);
                    await work.CorrectAsync(row, after, person, reason, cancellationToken);
                    work.MustFit(after, overrule: false);
                }
            }, cancellationToken);
            return new(code, drawn!.DefinitionId, drawn.Version, drawn.IsPublished, inForce);
        }

        private async Task<DefinitionRow> DrawnForAsync(ProcedureRow row, string? definitionId, string reason, CancellationToken cancellationToken)
        {
            var latest = await versions.LatestAsync(definitionId ?? row.DefinitionId, cancellationToken);
            if (latest is null)
            {
                var draft = definitionId is null ? FirstDraft(row) : throw Problems.NotFound("Quy trình");
                return (await versions.SaveAsync(draft, new(person.UserName, Why: reason), cancellationToken)).Row;
            }

            var model = (JsonObject)JsonNode.Parse(latest.Json)!;
            var custom = model["customProperties"] as JsonObject ?? [];
            if ((custom[ProcedureCheck.CodeProperty]?.ToString() ?? latest.DefinitionId) == row.Code)
            {
                return latest;
            }

            custom[ProcedureCheck.CodeProperty] = row.Code;
            model["customProperties"] = custom.DeepClone();
            return (await versions.SaveAsync(model, new(person.UserName, SeenHash: latest.Hash, Why: reason), cancellationToken)).Row;
        }

        private static JsonObject FirstDraft(ProcedureRow row) => new()
        {
            ["definitionId"] = row.DefinitionId,
            ["name"] = $"{row.Name} ({row.Code})",
            ["description"] = $"Thủ tục {row.Code}",
            ["customProperties"] = new JsonObject { [ProcedureCheck.CodeProperty] = row.Code },
            ["inputs"] = new JsonArray(Input("Dossier", "Hồ sơ"), Input("Form", "Biểu mẫu")),
            ["root"] = new JsonObject
            {
                ["id"] = "QuyTrinh",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["name"] = "QuyTrinh",
                ["activities"] = new JsonArray(new JsonObject
                {
                    ["id"] = "BatDau",
                    ["type"] = "Elsa.Start",
                    ["version"] = 1,
                    ["name"] = "BatDau",
                    ["metadata"] = new JsonObject
                    {
                        ["displayText"] = "Bắt đầu",
                        ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 64, ["y"] = 300 }, ["size"] = new JsonObject { ["width"] = 230, ["height"] = 54 } },
                    },
                }),
                ["connections"] = new JsonArray(),
            },
        };

        private static JsonObject Input(string name, string displayName) => new() { ["type"] = "Object", ["name"] = name, ["displayName"] = displayName, ["uiHint"] = "singleline" };
    }
}
