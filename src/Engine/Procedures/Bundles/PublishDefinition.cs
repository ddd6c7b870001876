using System.Text;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Publishes a workflow definition, an Elsa 3 file as it is. Refused with the code of the first finding, which names the step: UNCONNECTED_OUTCOME,
/// NO_RETURN, STEP_EXCEEDS_LIMIT and so on; running dossiers keep their version.
/// </summary>
public static class PublishDefinition
{
    private const long LargestDefinition = 8L * 1024 * 1024;

    public sealed record Command(string Json, string Reason) : IRequest<StoredDefinition>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/definitions", async (HttpRequest request, string reason, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(await DefinitionText.ReadAsync(request, LargestDefinition, cancellationToken), reason), cancellationToken))
        .Accepts<System.Text.Json.Nodes.JsonObject>("application/json")
        .WithMetadata(new RequestSizeLimitAttribute(LargestDefinition))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Reason, "reason", 1000);
    }

    internal sealed class Handler(DefinitionStore store, CurrentPerson person, OfficeDirectory offices, DirectoryRefresh refresh) : IRequestHandler<Command, StoredDefinition>
    {
        public async Task<StoredDefinition> Handle(Command request, CancellationToken cancellationToken)
        {
            person.MustLookAfterCatalogue(offices, null);
            await refresh.RefreshAsync(cancellationToken);
            var stored = await store.PublishAsync(request.Json, new(person.Id, request.Reason.Trim()), cancellationToken);
            await refresh.RefreshAsync(CancellationToken.None);
            return stored;
        }
    }
}

/// <summary>Bodies that are files of their own and nest deeper than the API's inputs.</summary>
internal static class DefinitionText
{
    /// <exception cref="ProblemException">413 BODY_TOO_LARGE, 400 FILE_NOT_UTF8.</exception>
    public static async Task<string> ReadAsync(HttpRequest request, long largest, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            memory.Write(buffer, 0, read);
            if (memory.Length > largest)
            {
                throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "BODY_TOO_LARGE", "Nội dung gửi lên quá lớn.");
            }
        }

        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new ProblemException(StatusCodes.Status400BadRequest, "FILE_NOT_UTF8", "Tệp không phải văn bản UTF-8; hãy lưu lại với mã UTF-8.");
    }
}
