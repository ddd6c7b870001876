using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PublicService.Engine.Access;
using PublicService.Engine.Files;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Papers;

/// <summary>Content of a paper, always as a download and never as a page of this site; ranges are served. A paper taken out is gone.</summary>
public static class DownloadPaper
{
    public sealed record Query(Guid DossierId, Guid PaperId) : IRequest<Reply>;

    public sealed record Reply(Stream Content, string MediaType, string FileName, string Sha256, DateTimeOffset UploadedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/papers/{paperId:guid}/content", async (Guid id, Guid paperId, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var paper = await mediator.Send(new Query(id, paperId), cancellationToken);
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(
                paper.Content, paper.MediaType, paper.FileName, paper.UploadedAt, new EntityTagHeaderValue($"\"{paper.Sha256}\""), enableRangeProcessing: true);
        })
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight, FileStore files) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var paper = await db.Papers.AsNoTracking()
                .Where(paper => paper.Id == request.PaperId && paper.DossierId == dossier.Id && paper.RemovedAt == null)
                .FindOrRefuseAsync("Giấy tờ", cancellationToken);
            return new(files.Open(paper.Sha256), paper.MediaType, paper.FileName, paper.Sha256, paper.UploadedAt);
        }
    }
}
