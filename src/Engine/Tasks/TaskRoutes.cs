namespace PublicService.Engine.Tasks;

/// <summary>Routes of this folder and what their lists are made with.</summary>
public static class TaskRoutes
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services.AddScoped<TaskQueues>().AddScoped<TaskLines>();

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        ListTasks.Map(routes);
        ShowTask.Map(routes);
        ClaimTask.Map(routes);
        ReleaseTask.Map(routes);
        ReassignTask.Map(routes);
        CompleteTask.Map(routes);
        AnswerOutsideTask.Map(routes);
    }
}
