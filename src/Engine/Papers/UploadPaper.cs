using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Files;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Papers;

/// <summary>
/// Adds a paper to an open dossier. A file is known by its content: refuses with FILE_TYPE_NOT_ALLOWED, FILE_TOO_LARGE, FILE_EMPTY,
/// FILE_NAME_INVALID (400) and DOSSIER_CLOSED (409).
/// </summary>
public static class UploadPaper
{
    private const long LargestBody = 64L * 1024 * 1024;

    /// <param name="Kind">Id of the paper in the procedure's list (<c>P1</c> ...), or free text.</param>
    public sealed record Command(Guid DossierId, IFormFile File, string? Name, string? Kind, string? Note) : IRequest<Reply>;

    public sealed record Reply(Guid Id, string Name, string Kind, string FileName, string MediaType, long Size, string Sha256, DateTimeOffset UploadedAt);

    // Requests carry a token in a header, which no other site can make a browser send, so there is nothing to forge.
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(
            "/dossiers/{id:guid}/papers",
            async (Guid id, IFormFile file, [FromForm] string? name, [FromForm] string? kind, [FromForm] string? note, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var reply = await mediator.Send(new Command(id, file, name, kind, note), cancellationToken);
                return TypedResults.Created($"/api/v1/dossiers/{id}/papers/{reply.Id}/content", reply);
            })
        .DisableAntiforgery()
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .RequireRole(Role.Receptionist, Role.CaseOfficer, Role.Clerk, Role.ResultOfficer, Role.External);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .OptionalText(input.Name, "name", 300)
            .OptionalText(input.Kind, "kind", 100)
            .OptionalText(input.Note, "note", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight, CurrentPerson person, FileStore files) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = sight.ActOn(dossier, null, Role.Receptionist, Role.CaseOfficer, Role.Clerk, Role.ResultOfficer, Role.External);
            await using var content = request.File.OpenReadStream();
            var stored = await files.SaveAsync(content, request.File.FileName, request.File.ContentType, cancellationToken);
            var name = string.IsNullOrWhiteSpace(request.Name) ? stored.FileName : request.Name.Trim();
            var id = Guid.CreateVersion7();
            return await runs.ChangeAsync(dossier.Id, act, click =>
            {
                click.Dossier!.AttachPaper(name, stored.FileName, stored.Sha256, click.Act);
                click.Changes.Insert(RowOf(id, request, name, stored, click));
            }, click => new Reply(id, name, KindOf(request), stored.FileName, stored.MediaType, stored.Size, stored.Sha256, click.Act.At), cancellationToken);
        }

        private PaperRow RowOf(Guid id, Command request, string name, StoredFile stored, Click click) => new()
        {
            Id = id,
            DossierId = request.DossierId,
            Name = name,
            Kind = KindOf(request),
            FileName = stored.FileName,
            MediaType = stored.MediaType,
            Size = stored.Size,
            Sha256 = stored.Sha256,
            Note = request.Note,
            UploadedAt = click.Act.At,
            UploadedBy = person.FullName,
        };

        private static string KindOf(Command request) => string.IsNullOrWhiteSpace(request.Kind) ? "Khác" : request.Kind.Trim();
    }
}
