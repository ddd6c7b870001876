using System.Runtime.CompilerServices;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;

namespace PublicService.Engine.Supervision;

/// <summary>What can be exported.</summary>
public enum SupervisionTable
{
    Board,
    Officers,
    Dossiers,
    Tasks,
    Flows,
    Causes,
    Overruns,
    Events,
}

/// <summary>Any table or list of supervision as a spreadsheet (xlsx), whole, with the filters of its route. Refuses with TABLE_TOO_LONG.</summary>
public static class ExportTable
{
    /// <param name="By">How the board is parted.</param>
    /// <param name="DossierGroup">Which dossiers.</param>
    /// <param name="TaskGroup">Which steps.</param>
    public sealed record Query(
        SupervisionTable Table, BoardBy? By, DossierGroup? DossierGroup, bool? NonBoundary, TaskGroup? TaskGroup, string? Officer,
        string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To) : IRequest<Stream>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/exports/{table}", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.File(await mediator.Send(query, cancellationToken), Sheet.MediaType, $"{query.Table.ToString().ToLowerInvariant()}.xlsx"))
        .Produces<Stream>(StatusCodes.Status200OK, Sheet.MediaType)
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(SupervisionSight sight, ExportRows rows) : IRequestHandler<Query, Stream>
    {
        public async Task<Stream> Handle(Query request, CancellationToken cancellationToken)
        {
            var scope = sight.Of(new(request.Office, request.Procedure, request.Field, request.From, request.To));
            // The package has to be written as a whole before its first byte is known: on disk, gone when it is closed.
            var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 65536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            try
            {
                await rows.WriteAsync(file, request, scope, cancellationToken);
                file.Position = 0;
                return file;
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }
    }
}

/// <summary>The tables of small size, read at once.</summary>
public sealed class ExportRows(BoardRows board, OfficerRows officers, FlowRows flows, DelayRows delays, ExportLists lists)
{
    public Task WriteAsync(Stream output, ExportTable.Query request, Scope scope, CancellationToken cancellationToken) => request.Table switch
    {
        SupervisionTable.Board => WriteAsync(output, "Tổng hợp", SheetTables.Board(request.By ?? BoardBy.Office), board.ReadAsync(request.By ?? BoardBy.Office, scope, cancellationToken), cancellationToken),
        SupervisionTable.Officers => WriteAsync(output, "Cán bộ", SheetTables.Officers, officers.ReadAsync(scope, cancellationToken), cancellationToken),
        SupervisionTable.Flows => WriteAsync(output, "Phi địa giới", SheetTables.Flows, flows.ReadAsync(scope, cancellationToken), cancellationToken),
        SupervisionTable.Causes => WriteAsync(output, "Nguyên nhân chậm", SheetTables.Causes, delays.CausesAsync(scope, cancellationToken), cancellationToken),
        SupervisionTable.Overruns => WriteAsync(output, "Cơ quan gây chậm", SheetTables.Overruns, delays.OverrunsAsync(scope, cancellationToken), cancellationToken),
        SupervisionTable.Dossiers => Sheet.WriteAsync(output, "Hồ sơ", SheetTables.Dossiers, lists.Dossiers(request, scope, cancellationToken), cancellationToken),
        SupervisionTable.Tasks => Sheet.WriteAsync(output, "Công việc", SheetTables.Tasks, lists.TasksAsync(request, scope, cancellationToken), cancellationToken),
        SupervisionTable.Events => Sheet.WriteAsync(output, "Cảnh báo", SheetTables.Events, lists.Events(scope), cancellationToken),
    };

    private static async Task WriteAsync<T>(Stream output, string name, IReadOnlyList<SheetColumn<T>> columns, Task<IReadOnlyList<T>> rows, CancellationToken cancellationToken) =>
        await Sheet.WriteAsync(output, name, columns, (await rows).ToAsyncEnumerable(), cancellationToken);
}

/// <summary>The lists of any length, read as they are written.</summary>
public sealed class ExportLists(DossierReading dossiers, TaskReading tasks, EventReading events)
{
    private const int Portion = 500;

    public IAsyncEnumerable<SupervisedDossier> Dossiers(ExportTable.Query request, Scope scope, CancellationToken cancellationToken) => dossiers
        .Query(request.DossierGroup ?? DossierGroup.Open, request.NonBoundary ?? false, scope, null).AsAsyncEnumerable()
        .Select(dossier => dossiers.Of(dossier, scope.At.Now));

    public async IAsyncEnumerable<SupervisedTask> TasksAsync(ExportTable.Query request, Scope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = request.TaskGroup ?? TaskGroup.Open;
        for (string[]? last = null; ;)
        {
            var portion = await tasks.Query(group, request.Officer, scope).After(group, last).Take(Portion).ToListAsync(cancellationToken);
            foreach (var task in await tasks.OfAsync(portion, scope.At.Now, cancellationToken))
            {
                yield return task;
            }

            if (portion.Count < Portion)
            {
                yield break;
            }

            last = SupervisedTasks.KeysOf(group, portion[^1]);
        }
    }

    public IAsyncEnumerable<DeadlineEvent> Events(Scope scope)
    {
        var (from, end) = (scope.At.PeriodFrom, scope.At.PeriodEnd);
        return events.Query(scope, 0).AsAsyncEnumerable().Where(row => row.At >= from && row.At < end);
    }
}
