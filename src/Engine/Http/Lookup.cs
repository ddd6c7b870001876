using Microsoft.EntityFrameworkCore;

namespace PublicService.Engine.Http;

/// <summary>The one way to say 404.</summary>
public static class Lookup
{
    /// <exception cref="ProblemException">404 NOT_FOUND.</exception>
    public static T FindOrRefuse<T>(this T? found, string what = "Nội dung yêu cầu")
        where T : class => found ?? throw Problems.NotFound(what);

    /// <exception cref="ProblemException">404 NOT_FOUND when no row is left.</exception>
    public static async Task<T> FindOrRefuseAsync<T>(
        this IQueryable<T> rows, string what = "Nội dung yêu cầu", CancellationToken cancellationToken = default)
        where T : class => (await rows.FirstOrDefaultAsync(cancellationToken)).FindOrRefuse(what);
}
