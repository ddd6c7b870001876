using System.Linq.Expressions;
using System.Reflection;

namespace PublicService.Engine.Http;

/// <summary>The condition of keyset paging on a text column. The database compares by its own order, the same as in ORDER BY.</summary>
public static class Keyset
{
    private static readonly MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    /// <summary>Rows whose key comes after <paramref name="after"/>.</summary>
    public static IQueryable<T> After<T>(this IQueryable<T> rows, Expression<Func<T, string?>> key, string after)
    {
        // Through a closure the value becomes a parameter of the query, so that one plan serves all pages.
        Expression<Func<string>> value = () => after;
        var isAfter = Expression.GreaterThan(Expression.Call(Compare, key.Body, value.Body), Expression.Constant(0));
        return rows.Where(Expression.Lambda<Func<T, bool>>(isAfter, key.Parameters));
    }
}
