using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Takes a procedure that another engine wrote as one file: checks everything first, then adds the wording and publishes the workflow
/// in one transaction; a workflow of a wording to come waits for its first day. With <c>dryRun</c> only says what would change. The same
/// file again changes nothing. Refuses with BUNDLE_FORMAT_NEWER, BUNDLE_MISMATCH, WORDING_EXISTS, WORDING_OVERLAPS, UNKNOWN_ACTIVITY and
/// every other finding of a definition.
/// </summary>
public static class ImportBundle
{
    private const long LargestBundle = 8L * 1024 * 1024;

    public sealed record Command(string Json, string Reason, bool DryRun) : IRequest<Reply>;

    /// <param name="Differences">Of the wording, against the one it grows out of; empty when it is in the catalogue already.</param>
    /// <param name="Workflow">Null when the file has none.</param>
    public sealed record Reply(
        string Code, DateOnly ValidFrom, bool DryRun, bool IsNewWording, IReadOnlyList<EntryDifference> Differences, WorkflowDifference? Workflow, IReadOnlyList<EntryFinding> Warnings);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedure-bundles", async (HttpRequest request, string reason, bool? dryRun, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(await DefinitionText.ReadAsync(request, LargestBundle, cancellationToken), reason, dryRun ?? false), cancellationToken))
        .Accepts<System.Text.Json.Nodes.JsonObject>("application/json")
        .WithMetadata(new RequestSizeLimitAttribute(LargestBundle))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Reason, "reason", 1000);
    }

    internal sealed class Handler(ProcedureCatalogue catalogue, BundleReading reading, DefinitionCache definitions, CurrentPerson person, OfficeDirectory offices)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            Reply reply = null!;
            var read = reading.Read(request.Json);
            var (row, warnings) = (read.Row, read.Warnings);
            person.MustLookAfterCatalogue(offices, row.Field);
            await catalogue.ChangeAsync([row.Code], async work =>
            {
                var workflow = await reading.AddWorkflowAsync(work, read, new(person.Id, request.Reason.Trim()), cancellationToken);
                var known = work.Wordings(row.Code).FirstOrDefault(one => one.ValidFrom == row.ValidFrom);
                var differences = CatalogueWork.Compare(known ?? work.Before(row.Code, row.ValidFrom), row);
                var isNew = known is null || differences.Count > 0;
                if (isNew)
                {
                    work.Add(row, person, request.Reason.Trim());
                }

                reply = new(row.Code, row.ValidFrom, request.DryRun, isNew, differences, workflow, warnings);
            }, cancellationToken, request.DryRun);
            await definitions.ReloadAsync(CancellationToken.None);
            return reply;
        }
    }
}
