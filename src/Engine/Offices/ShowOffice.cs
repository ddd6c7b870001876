using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Offices;

/// <summary>One office, also one that is no longer in force.</summary>
public static class ShowOffice
{
    public sealed record Query(string Id) : IRequest<Reply>;

    public sealed record Reply(
        string Id,
        string AgencyCode,
        string Name,
        OfficeKind Kind,
        OfficeLevel Level,
        string? ParentId,
        string? ParentName,
        string OneStop,
        DateOnly ValidFrom,
        DateOnly? ValidTo);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/offices/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(OfficeDirectory offices) : IRequestHandler<Query, Reply>
    {
        public Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var office = offices.TryFind(request.Id).FindOrRefuse("Đơn vị");
            return Task.FromResult(new Reply(
                office.Id,
                office.AgencyCode,
                office.Name,
                office.Kind,
                office.Level,
                office.ParentId,
                offices.Parent(office.Id)?.Name,
                offices.OneStop(office.Id),
                office.ValidFrom,
                office.ValidTo));
        }
    }
}
