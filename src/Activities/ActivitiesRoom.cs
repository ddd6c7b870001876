namespace PublicService.Activities;

/// <summary>Names this assembly for the activity catalogue.</summary>
public static class ActivitiesRoom;
