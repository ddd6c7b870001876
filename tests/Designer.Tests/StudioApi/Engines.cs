using PublicService.Engine.Tests.Dossiers;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>One engine for all tests of a database; each test makes the definitions it changes.</summary>
[CollectionDefinition(nameof(SqliteEngine))]
public sealed class SqliteEngine : ICollectionFixture<OneStop>;

[CollectionDefinition(nameof(PostgresEngine))]
public sealed class PostgresEngine : ICollectionFixture<PostgresOneStop>;
