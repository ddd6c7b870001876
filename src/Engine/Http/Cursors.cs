using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace PublicService.Engine.Http;

/// <summary>
/// Cursors of keyset paging: the keys of the last row of a page, sealed, so that nobody builds one by hand
/// or carries it to another list.
/// </summary>
public sealed class Cursors(IDataProtectionProvider protection)
{
    public const int DefaultSize = 50;

    public const int LargestSize = 200;

    /// <summary>Size of a page as asked for, kept in 1..200.</summary>
    public static int Size(int? asked) => Math.Clamp(asked ?? DefaultSize, 1, LargestSize);

    /// <summary>
    /// Makes a page of the rows read: ask the database for <paramref name="size"/> + 1 rows, the surplus one only says that there are more.
    /// </summary>
    /// <param name="list">Name of the list, with its filters when changing them must void the cursor.</param>
    /// <param name="keys">The values the list is ordered by.</param>
    public Page<T> Page<T>(IReadOnlyList<T> rows, int size, string list, Func<T, string[]> keys, long? total = null) => rows.Count <= size
        ? new(rows, null, total)
        : new([.. rows.Take(size)], Write(list, keys(rows[size - 1])), total);

    public string Write(string list, params string[] keys) => For(list).Protect(JsonSerializer.Serialize(keys));

    /// <summary>The keys to continue after; null without a cursor.</summary>
    /// <exception cref="ProblemException">400 CURSOR_INVALID: changed, of another list, or with another number of keys.</exception>
    public string[]? Read(string list, string? cursor, int count)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            var keys = JsonSerializer.Deserialize<string[]>(For(list).Unprotect(cursor));
            return keys?.Length == count ? keys : throw Problems.CursorInvalid();
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            throw Problems.CursorInvalid();
        }
    }

    private IDataProtector For(string list) => protection.CreateProtector("PublicService.Cursor", list);
}
