namespace PublicService.Engine.Storage;

/// <summary>SQLite for one machine, PostgreSQL where several engines share the work.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
