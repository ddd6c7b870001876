namespace PublicService.Workflows.Expressions;

/// <summary>What a script may ask of the one native function it is given.</summary>
internal enum HostCall
{
    /// <summary>An accessor such as <c>getHoSo()</c>; the next argument is its number in the world.</summary>
    Accessor,
    DefinitionId,
    VersionId,
    Version,
    InstanceId,
    GetCorrelationId,
    SetCorrelationId,
    GetInstanceName,
    SetInstanceName,
    GetVariable,
    SetVariable,

    /// <summary>As <see cref="GetVariable"/>, but an unknown name is undefined.</summary>
    PeekVariable,
    VariableNames,
    GetInput,
    GetOutput,
    LastResult,
    Config,
    SetOutcomes,
    Now,
    ParseTimeSpan,
    ParseGuid,
    ParseDate,
    NewGuid,
    NewShortGuid,
    TextToBase64,
    TextFromBase64,
    BytesToText,
    BytesFromText,
    BytesToBase64,
    BytesFromBase64,
}
