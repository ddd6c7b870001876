using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Dossiers;

/// <summary>Dossiers of the caller's offices, newest first; supervisors see all beneath.</summary>
public static class ListDossiers
{
    private const string List = "dossiers";

    /// <param name="Applicant">Digits: the exact id number; anything else: a part of the name.</param>
    /// <param name="From">First day of submission, in Viet Nam.</param>
    /// <param name="Late">Past the promise: open and overdue, or finished late.</param>
    public sealed record Query(
        BusinessStatus? Status, string? Procedure, string? Office, string? Code, string? Applicant, DateOnly? From, DateOnly? To, bool? Late,
        string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed class Reply
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public string ProcedureCode { get; init; } = "";

        public string Title { get; init; } = "";

        public Channel Channel { get; init; }

        public string ApplicantName { get; init; } = "";

        public string ReceivingOfficeId { get; init; } = "";

        public string CompetentOfficeId { get; init; } = "";

        public BusinessStatus Status { get; init; }

        public int StatusCode => (int)Status;

        public string StatusWord => Status.Word();

        public DateTimeOffset SubmittedAt { get; init; }

        public DateTimeOffset? ReceivedAt { get; init; }

        public DateTimeOffset? DueAt { get; init; }

        public DateTimeOffset? FinishedAt { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireSignIn();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<Dossier, Reply>().ForMember(reply => reply.Status, map => map.MapFrom(dossier => dossier.BusinessStatus));
    }

    internal sealed class Handler(EngineDb db, DossierSight sight, Cursors cursors, IConfigurationProvider maps, TimeProvider time)
        : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var after = cursors.Read(List, request.Cursor, 2);
            var size = Cursors.Size(request.Size);
            var fitting = db.Dossiers.AsNoTracking().Fitting(request, time.GetUtcNow()).Before(after);
            var rows = new List<Reply>();
            foreach (var part in Parts(fitting, sight.OfficesAmong(request.Office)))
            {
                rows.AddRange(await part.OrderByDescending(dossier => dossier.SubmittedAt).ThenByDescending(dossier => dossier.Id)
                    .Take(size + 1).ProjectTo<Reply>(maps).ToListAsync(cancellationToken));
            }

            // At most two parts, each read in the order of its own index.
            var page = rows.DistinctBy(row => row.Id).OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id.ToString(), StringComparer.Ordinal).ToList();
            return cursors.Page(page, size, List, DossierFilters.KeysOf);
        }

        private static IEnumerable<IQueryable<Dossier>> Parts(IQueryable<Dossier> dossiers, IReadOnlyList<string>? own) => own is null
            ? [dossiers]
            : [dossiers.Where(dossier => own.Contains(dossier.ReceivingOfficeId)), dossiers.Where(dossier => own.Contains(dossier.CompetentOfficeId))];
    }
}
