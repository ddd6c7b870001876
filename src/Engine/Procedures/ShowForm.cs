using System.Text.Json;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Procedures;

/// <summary>JSON Schema of the electronic form of a procedure on a day, today without one; a dossier asks for its <c>procedureValidFrom</c>.</summary>
public static class ShowForm
{
    public sealed record Query(string Code, DateOnly? On) : IRequest<JsonElement>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedures/{code}/form", async (string code, DateOnly? on, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(code, on), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(ProcedureDirectory procedures, TimeProvider time) : IRequestHandler<Query, JsonElement>
    {
        public Task<JsonElement> Handle(Query request, CancellationToken cancellationToken)
        {
            var procedure = procedures.TryFind(request.Code, request.On ?? VietnamTime.DateOf(time.GetUtcNow())).FindOrRefuse("Thủ tục");
            using var schema = JsonDocument.Parse(procedure.FormSchema.FindOrRefuse("Biểu mẫu điện tử của thủ tục này"));
            return Task.FromResult(schema.RootElement.Clone());
        }
    }
}
