namespace PublicService.Engine.Storage;

/// <summary>Whether a task still waits for somebody.</summary>
public enum TaskState
{
    Open,
    Completed,
    Cancelled,
}
