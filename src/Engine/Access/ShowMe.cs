using PublicService.Engine.Directories;

namespace PublicService.Engine.Access;

/// <summary>Who am I, and what may I do today?</summary>
public static class ShowMe
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/me", (CurrentPerson me, OfficeDirectory offices) => new PersonReply(
            me.Id,
            me.UserName,
            me.FullName,
            me.OfficeId,
            me.OfficeId is null ? null : offices.TryFind(me.OfficeId)?.Name,
            [.. me.Rights.Select(right => RightReply.From(right, offices))]))
        .RequireSignIn();
}
