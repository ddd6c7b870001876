namespace PublicService.Engine.Calendars;

/// <summary>Routes of this folder.</summary>
public static class CalendarRoutes
{
    public static void MapCalendars(this IEndpointRouteBuilder routes)
    {
        ListCalendars.Map(routes);
        ShowCalendar.Map(routes);
        PublishCalendar.Map(routes);
        ComputePromise.Map(routes);
    }
}
