using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PublicService.Engine.Http;

/// <summary>Version numbers of rows as entity tags, so that a client changes only what it has seen.</summary>
public static class ETags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static void Write(HttpResponse response, long version) => response.Headers.ETag = Of(version);

    /// <exception cref="ProblemException">412 PRECONDITION_FAILED when the client names another version; without the header anything goes.</exception>
    public static void Check(HttpRequest request, long version) => Check(request.Headers.IfMatch, version);

    /// <inheritdoc cref="Check(HttpRequest, long)"/>
    /// <param name="ifMatch">The header, for where the version is only known inside a click.</param>
    public static void Check(StringValues ifMatch, long version)
    {
        if (ifMatch.Count > 0 && !Matches(ifMatch, version))
        {
            throw Problems.PreconditionFailed();
        }
    }

    /// <exception cref="ProblemException">428 PRECONDITION_REQUIRED without the header, 412 PRECONDITION_FAILED with another version.</exception>
    public static void Demand(HttpRequest request, long version)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            throw Problems.PreconditionRequired();
        }

        Check(request, version);
    }

    // RFC 9110 13.1.1: a strong comparison, so a weak tag never matches.
    private static bool Matches(StringValues ifMatch, long version) =>
        EntityTagHeaderValue.TryParseList(ifMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == Of(version)));
}
