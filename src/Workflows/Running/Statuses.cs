namespace PublicService.Workflows.Running;

/// <summary>Whether an instance still has something to do (Elsa contract D.2).</summary>
public enum InstanceStatus
{
    Running,
    Finished,
}

/// <summary>What exactly an instance is doing, or how it ended (Elsa contract D.2).</summary>
public enum InstanceSubStatus
{
    Pending,
    Executing,
    Suspended,
    Interrupted,
    Finished,
    Cancelled,
    Faulted,
}

/// <summary>State of one execution of one activity (Elsa contract D.1).</summary>
public enum StepStatus
{
    Pending,
    Running,
    Completed,
    Canceled,
    Faulted,
}
