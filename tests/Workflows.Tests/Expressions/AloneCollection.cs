namespace PublicService.Workflows.Tests.Expressions;

/// <summary>Tests that look at the memory of the process, which a neighbour would disturb.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
