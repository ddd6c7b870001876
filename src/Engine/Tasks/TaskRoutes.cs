using Quartz;

namespace PublicService.Engine.Tasks;

/// <summary>Routes of this folder and what their lists are made with.</summary>
public static class TaskRoutes
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddScoped<TaskQueues>()
        .AddScoped<TaskLines>()
        .AddSingleton<ReassignmentRunner>()
        .AddQuartz(quartz => quartz.ScheduleJob<ReassignmentJob>(
            trigger => trigger.WithIdentity("reassignments").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(1)).RepeatForever()),
            job => job.WithIdentity("reassignments")));

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        ListTasks.Map(routes);
        ShowTask.Map(routes);
        ClaimTask.Map(routes);
        ReleaseTask.Map(routes);
        ReassignTask.Map(routes);
        CompleteTask.Map(routes);
        AnswerOutsideTask.Map(routes);
        ListAssignmentRules.Map(routes);
        SetAssignmentRule.Map(routes);
        ReassignTasks.Map(routes);
        ShowReassignment.Map(routes);
        UndoReassignment.Map(routes);
    }
}
