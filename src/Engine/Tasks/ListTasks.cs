using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Tasks;

/// <summary>
/// Open tasks the caller may do, the most urgent first. <c>scope</c>: <c>mine</c> (claimed by the caller), <c>unassigned</c>,
/// <c>office</c> (both and those of colleagues; the default), <c>outside</c> (work of other systems, for their accounts).
/// </summary>
public static class ListTasks
{
    private const string List = "tasks";

    public sealed record Query(TaskScope? Scope, Guid? DossierId, string? Role, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed class DossierLine
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public string Title { get; init; } = "";

        public string ProcedureCode { get; init; } = "";

        public string ApplicantName { get; init; } = "";

        public Channel Channel { get; init; }

        public DateTimeOffset? DueAt { get; init; }
    }

    public sealed class Row
    {
        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Title { get; init; } = "";

        public string? Role { get; init; }

        public string? OfficeId { get; init; }

        public string? AssigneeId { get; init; }

        public string Outcomes { get; init; } = "[]";

        public Guid? DossierId { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? DueAt { get; init; }

        public DateTimeOffset SortAt { get; init; }
    }

    /// <param name="Why">Why the caller sees it.</param>
    public sealed record Reply(
        string Id, string Kind, string Title, string? Role, string? RoleWord, string? OfficeId, string? OfficeName, string? AssigneeId,
        IReadOnlyList<string> Outcomes, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, TaskTime Time, string Why, DossierLine? Dossier);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tasks", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireSignIn();

    public sealed class Mapping : Profile
    {
        public Mapping()
        {
            CreateMap<TaskRow, Row>();
            CreateMap<Dossier, DossierLine>();
        }
    }

    internal sealed class Handler(EngineDb db, TaskQueues queues, TaskLines lines, Cursors cursors, IConfigurationProvider maps)
        : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var (lastAt, lastId) = TaskQueues.Keys(cursors.Read(List, request.Cursor, 2));
            var size = Cursors.Size(request.Size);
            var rows = new List<Row>();
            foreach (var queue in queues.Of(request.Scope ?? TaskScope.Office, request.Role))
            {
                var part = request.DossierId is { } dossierId ? queue.Where(task => task.DossierId == dossierId) : queue;
                rows.AddRange(await part.Page(lastAt, lastId, size + 1).ProjectTo<Row>(maps).ToListAsync(cancellationToken));
            }

            // One queue per role, each read in the order of its index.
            var page = cursors.Page(
                rows.DistinctBy(row => row.Id).OrderBy(row => row.SortAt).ThenBy(row => row.Id, StringComparer.Ordinal).Take(size + 1).ToList(),
                size, List, TaskQueues.KeysOf);
            var ids = page.Items.Select(row => row.DossierId).Distinct().ToList();
            var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => ids.Contains(dossier.Id))
                .ProjectTo<DossierLine>(maps).ToDictionaryAsync(dossier => dossier.Id, cancellationToken);
            return new([.. page.Items.Select(row => lines.ReplyOf(row, row.DossierId is { } id ? dossiers.GetValueOrDefault(id) : null))], page.Next);
        }
    }
}
