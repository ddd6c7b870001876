using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>A dossier with whoever's turn it is; for the people of its offices and those above who supervise.</summary>
public static class ShowDossier
{
    public sealed record Query(Guid Id) : IRequest<Reply>;

    public sealed record Place(string Id, string Name);

    /// <param name="FormOrigins">By JSON pointer: whether a value of the form came from a register, was edited or typed.</param>
    public sealed record Reply(
        Guid Id,
        string Code,
        string ProcedureCode,
        DateOnly? ProcedureValidFrom,
        string Title,
        Channel Channel,
        Applicant Applicant,
        Place ReceivingOffice,
        Place CompetentOffice,
        Place? SupportOffice,
        BusinessStatus Status,
        int StatusCode,
        string StatusWord,
        string PaymentWord,
        string DeliveryWord,
        string SyncWord,
        DateTimeOffset SubmittedAt,
        DateTimeOffset? ReceivedAt,
        DateTimeOffset? DueAt,
        DateTimeOffset? OriginalDueAt,
        DateTimeOffset? FinishedAt,
        DateTimeOffset? ReturnedAt,
        string? ReturnedTo,
        string? ResultNumber,
        JsonNode? Form,
        IReadOnlyDictionary<string, FieldOrigin>? FormOrigins,
        ReturnMethod? WantedReturn,
        long Version,
        IReadOnlyList<WaitingStep> Tasks);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}", async (Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Query(id), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight, OfficeDirectory offices) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.Id, cancellationToken);
            var tasks = await db.Tasks.AsNoTracking().Where(task => task.DossierId == dossier.Id).Open()
                .OrderBy(task => task.SortAt).ThenBy(task => task.Id).ToListAsync(cancellationToken);
            return new(
                dossier.Id,
                dossier.Code,
                dossier.ProcedureCode,
                dossier.ProcedureValidFrom,
                dossier.Title,
                dossier.Channel,
                new(dossier.ApplicantName, dossier.ApplicantIdNumber, dossier.ApplicantPhone, dossier.ApplicantEmail, dossier.ApplicantAddress),
                PlaceOf(dossier.ReceivingOfficeId),
                PlaceOf(dossier.CompetentOfficeId),
                dossier.SupportOfficeId is { } support ? PlaceOf(support) : null,
                dossier.BusinessStatus,
                (int)dossier.BusinessStatus,
                dossier.BusinessStatus.Word(),
                dossier.FinancialStatus.Word(),
                dossier.DeliveryStatus.Word(),
                dossier.SyncStatus.Word(),
                dossier.SubmittedAt,
                dossier.ReceivedAt,
                dossier.DueAt,
                dossier.OriginalDueAt,
                dossier.FinishedAt,
                dossier.ReturnedAt,
                dossier.ReturnedTo,
                dossier.ResultNumber,
                JsonNode.Parse(dossier.FormData),
                FormOrigins.Read(dossier.FormOrigins),
                dossier.WantedReturn,
                dossier.Version,
                [.. tasks.Select(WaitingStep.Of)]);
        }

        private Place PlaceOf(string id) => new(id, offices.TryFind(id)?.Name ?? id);
    }
}
