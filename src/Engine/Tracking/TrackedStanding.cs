using PublicService.Engine.Running;

namespace PublicService.Engine.Tracking;

/// <summary>How a dossier stands after the citizen did something, without what is only for officers.</summary>
public sealed record TrackedStanding(string Code, int StatusCode, string StatusWord, DateTimeOffset? By)
{
    public static TrackedStanding After(Click click)
    {
        var standing = DossierStanding.After(click);
        return new(standing.Code, standing.StatusCode, standing.StatusWord, standing.DueAt);
    }
}
