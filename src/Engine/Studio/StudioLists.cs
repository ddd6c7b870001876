namespace PublicService.Engine.Studio;

/// <summary>A list that is given whole.</summary>
internal sealed record StudioList<T>(IReadOnlyCollection<T> Items)
{
    public int Count => Items.Count;
}

/// <summary>One page of a list. <paramref name="Links"/> tells Studio what the caller may do.</summary>
internal sealed record StudioPage<T>(IReadOnlyCollection<T> Items, long TotalCount, IReadOnlyList<StudioLink>? Links = null);

/// <summary>Studio looks at <paramref name="Rel"/> alone.</summary>
internal sealed record StudioLink(string Href, string Rel, string Method);
