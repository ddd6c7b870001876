using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Operations;

/// <summary>Open incidents, oldest first: clicks and timers that were rolled back because a step failed, and workflows that wait for nothing.</summary>
public static class ListIncidents
{
    private const int Most = 200;

    public sealed record Query : IRequest<IReadOnlyList<Reply>>;

    public sealed class Reply
    {
        public Guid Id { get; init; }

        public string InstanceId { get; init; } = "";

        public Guid? DossierId { get; init; }

        public string? StepId { get; init; }

        public string? ActivityId { get; init; }

        public string Message { get; init; } = "";

        public string? CorrelationId { get; init; }

        public DateTimeOffset At { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/incidents", async (IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(), cancellationToken))
        .RequireRole(Role.TechnicalAdmin, Role.Supervisor);

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<IncidentRow, Reply>();
    }

    internal sealed class Handler(EngineDb db, CurrentPerson person, DossierSight sight, IConfigurationProvider maps) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var open = db.Incidents.AsNoTracking().Where(incident => incident.ResolvedAt == null);
            if (!person.Holds(Role.TechnicalAdmin) && sight.Offices() is { } own)
            {
                open = open.Where(incident => db.Dossiers.Any(dossier => dossier.Id == incident.DossierId
                    && (own.Contains(dossier.ReceivingOfficeId) || own.Contains(dossier.CompetentOfficeId))));
            }

            return await open.OrderBy(incident => incident.At).ThenBy(incident => incident.Id).Take(Most).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
        }
    }
}
