using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Offices;

/// <summary>One office, also one that is no longer in force, with the names it has had and who took its work over; <c>on</c> shows it under the name of that day.</summary>
public static class ShowOffice
{
    public sealed record Query(string Id, DateOnly? On) : IRequest<Reply>;

    public sealed record OldName(string Name, DateOnly ValidFrom, string? Reason);

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
        DateOnly? ValidTo,
        IReadOnlyList<OldName> Names,
        IReadOnlyList<OfficeSuccessor> Successors);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/offices/{id}", async (string id, DateOnly? on, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id, on), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(OfficeDirectory offices) : IRequestHandler<Query, Reply>
    {
        public Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var office = offices.TryFind(request.Id).FindOrRefuse("Đơn vị");
            return Task.FromResult(new Reply(
                office.Id,
                office.AgencyCode,
                request.On is { } on ? offices.NameOn(office.Id, on) : office.Name,
                office.Kind,
                office.Level,
                office.ParentId,
                offices.Parent(office.Id)?.Name,
                offices.OneStop(office.Id),
                office.ValidFrom,
                office.ValidTo,
                [.. offices.Names(office.Id).Select(row => new OldName(row.Name, row.ValidFrom, row.Reason))],
                offices.Successors(office.Id)));
        }
    }
}
