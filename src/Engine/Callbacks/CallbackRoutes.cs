namespace PublicService.Engine.Callbacks;

/// <summary>Routes of this folder: for systems, which are known by their signature.</summary>
public static class CallbackRoutes
{
    public static void MapCallbacks(this IEndpointRouteBuilder routes) => AnswerCallback.Map(routes);
}
