using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>A procedure as one file (wording, form, workflow) for another engine; equal content gives equal bytes.</summary>
public static class ShowBundle
{
    public sealed record Query(string Code, DateOnly? On) : IRequest<byte[]>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedures/{code}/bundle", async (string code, DateOnly? on, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.File(await mediator.Send(new Query(code, on), cancellationToken), "application/json", $"{code}.procedure.json"))
        .RequireRole(Role.BusinessAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db, DefinitionCache definitions, TimeProvider time) : IRequestHandler<Query, byte[]>
    {
        public async Task<byte[]> Handle(Query request, CancellationToken cancellationToken)
        {
            var day = request.On ?? VietnamTime.DateOf(time.GetUtcNow());
            var row = await db.Set<ProcedureRow>().AsNoTracking()
                .Where(row => row.Code == request.Code && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
                .FindOrRefuseAsync("Thủ tục", cancellationToken);
            var definition = row.DefinitionVersionId is { } version ? await definitions.FindAsync(version, cancellationToken) : definitions.Published(row.DefinitionId);
            return ProcedureBundle.Of(row, definition).ToBytes();
        }
    }
}
