using System.Text.RegularExpressions;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Offices;

/// <summary>Add an office in force from a day on. Refuses with OFFICE_EXISTS, AGENCY_CODE_TAKEN, OFFICE_NOT_FOUND for its parent.</summary>
public static partial class AddOffice
{
    /// <param name="Id">Lower case letters, digits and hyphens; never changes.</param>
    /// <param name="AgencyCode">Mã định danh, the first part of its dossier codes.</param>
    /// <param name="AreaCode">Code of the administrative unit, when it is one.</param>
    /// <param name="CalendarId">Whose hours it keeps; its parent's without it.</param>
    public sealed record Body(
        string Id,
        string AgencyCode,
        string Name,
        OfficeKind Kind,
        OfficeLevel Level,
        string ParentId,
        DateOnly ValidFrom,
        string? OneStop = null,
        string? AreaCode = null,
        string? CalendarId = null);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/offices", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            return TypedResults.Created(Location(reply), reply);
        })
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    private static string Location(Reply reply) => $"/api/v1/offices/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Id, "id", 100)
            .Shape(input.Body.Id, "id", IdShape(), "Chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.")
            .Text(input.Body.AgencyCode, "agencyCode", 50)
            .Shape(input.Body.AgencyCode, "agencyCode", AgencyShape(), "Không đúng dạng mã định danh.")
            .Text(input.Body.Name, "name", 300)
            .Text(input.Body.ParentId, "parentId", 100)
            .When(!Enum.IsDefined(input.Body.Kind), "kind", "Không có loại đơn vị này.")
            .When(!Enum.IsDefined(input.Body.Level), "level", "Không có cấp này.")
            .OptionalText(input.Body.OneStop, "oneStop", 300)
            .OptionalText(input.Body.AreaCode, "areaCode", 20)
            .OptionalText(input.Body.CalendarId, "calendarId", 100);
    }

    internal sealed class Handler(CommitLane lane, IdempotencyContext idempotency, CurrentPerson admin, OfficeDirectory offices, DirectoryRefresh directories)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            var parent = offices.Find(body.ParentId, body.ValidFrom);
            admin.MustLookAfter(parent.Id);
            if (offices.TryFind(body.Id) is not null)
            {
                throw new RefusedException("OFFICE_EXISTS", $"Đã có đơn vị mã “{body.Id}”.");
            }

            if (offices.All.FirstOrDefault(office => office.AgencyCode == body.AgencyCode) is { } owner)
            {
                throw new RefusedException("AGENCY_CODE_TAKEN", $"Mã định danh “{body.AgencyCode}” là của “{owner.Name}”.");
            }

            var (changes, reply) = (new Changes(), new Reply(body.Id));
            changes.Insert(new OfficeRow
            {
                Id = body.Id,
                AgencyCode = body.AgencyCode,
                Name = body.Name.Trim(),
                Kind = body.Kind,
                Level = body.Level,
                ParentId = parent.Id,
                ValidFrom = body.ValidFrom,
                CalendarId = body.CalendarId ?? parent.CalendarId,
                OneStop = body.OneStop,
                AreaCode = body.AreaCode,
                SearchText = SearchText.Of(body.Name, body.AgencyCode, body.AreaCode),
            });
            idempotency.Record(DirectoryRefresh.Raise(changes), reply, StatusCodes.Status201Created, Location(reply));
            await lane.CommitAsync(changes, cancellationToken);
            await directories.RefreshAsync(cancellationToken);
            return reply;
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z")]
    private static partial Regex IdShape();

    // Both families that are in use: 000.00.00.H49 and H49.101.
    [GeneratedRegex(@"^[A-Z0-9]+(?:\.[A-Z0-9]+)*\z")]
    private static partial Regex AgencyShape();
}
