using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace PublicService.Designer.Bundle;

/// <summary>Serves the files of Elsa Studio under <c>/studio</c>, compressed as its makers compressed them.</summary>
internal static class StudioBundle
{
    public const string Base = "/studio";

    private static readonly (string Encoding, string Suffix)[] Siblings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>These two have no fingerprint in their name, so they must be asked for again.</summary>
    private static readonly string[] Unstamped = ["/dotnet.js", "/blazor.webassembly.js"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "studio");

    /// <summary>Scripts the runtime loads one after another; a page names them all at once.</summary>
    public static IReadOnlyList<string> Modules { get; } = [.. Files("dotnet*.js")];

    /// <summary>What the runtime is made of, under names that never change their content.</summary>
    public static IReadOnlyList<string> Runtime { get; } = [.. Files("*.wasm"), .. Files("*.dat"), .. Files("dotnet.*.js")];

    public static void UseStudioBundle(this IApplicationBuilder app)
    {
        var files = new PhysicalFileProvider(Folder);
        app.Use((context, next) =>
        {
            if (IsOfBundle(context.Request.Path) && context.Request.Path.StartsWithSegments(Base, out var inside))
            {
                Choose(context, files, inside);
            }

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            RequestPath = Base,
            ContentTypeProvider = new ContentTypes(),
            OnPrepareResponse = response => Stamp(response.Context),
        });
        // A file that is missing is missing; it must not be answered with a page.
        app.Use((context, next) =>
        {
            if (!IsOfBundle(context.Request.Path))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Folder, "_framework"), pattern).Select(file => $"{Base}/_framework/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    private static bool IsOfBundle(PathString path) =>
        path.StartsWithSegments(Base + "/_framework") || path.StartsWithSegments(Base + "/_content") || path == Base + "/Elsa.Studio.Host.CustomElements.styles.css";

    private static void Choose(HttpContext context, PhysicalFileProvider files, PathString inside)
    {
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        foreach (var (encoding, suffix) in Siblings)
        {
            if (accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) && files.GetFileInfo(inside + suffix).Exists)
            {
                context.Request.Path += suffix;
                context.Response.Headers.ContentEncoding = encoding;
                break;
            }
        }

        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
    }

    private static void Stamp(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var name = ContentTypes.WithoutSuffix(path);
        var isStamped = path.StartsWith(Base + "/_framework/", StringComparison.Ordinal) && !Array.Exists(Unstamped, name.EndsWith);
        context.Response.Headers.CacheControl = isStamped ? "public,max-age=31536000,immutable" : "no-cache";
    }

    /// <summary>The type of the file behind its compressed sibling; ICU data has no type ASP.NET Core knows.</summary>
    private sealed class ContentTypes : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider known = new(new Dictionary<string, string>(new FileExtensionContentTypeProvider().Mappings)
        {
            [".dat"] = "application/octet-stream",
            [".map"] = "application/json",
            [".scss"] = "text/plain",
            [".cur"] = "image/x-icon",
            [".pdb"] = "application/octet-stream",
        });

        public static string WithoutSuffix(string path) =>
            path.EndsWith(".br", StringComparison.Ordinal) || path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;

        public bool TryGetContentType(string subpath, out string contentType) => known.TryGetContentType(WithoutSuffix(subpath), out contentType!);
    }
}
