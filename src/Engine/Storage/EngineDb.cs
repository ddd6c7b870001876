using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;

namespace PublicService.Engine.Storage;

/// <summary>
/// The one model of everything the engine stores, the same for SQLite and PostgreSQL. Handlers read with it;
/// clicks are written by <see cref="CommitLane"/>, which takes its statements from this model.
/// Each entity has its own configuration beside its class.
/// </summary>
public sealed class EngineDb(DbContextOptions<EngineDb> options) : IdentityUserContext<Person>(options)
{
    public DbSet<Dossier> Dossiers => Set<Dossier>();

    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<BookmarkRow> Bookmarks => Set<BookmarkRow>();

    public DbSet<TaskRow> Tasks => Set<TaskRow>();

    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    public DbSet<TriggerRow> Triggers => Set<TriggerRow>();

    public DbSet<PaperRow> Papers => Set<PaperRow>();

    public DbSet<ResultRow> Results => Set<ResultRow>();

    public DbSet<FormRow> Forms => Set<FormRow>();

    public DbSet<PrefillRow> Prefills => Set<PrefillRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    public DbSet<CallbackRow> Callbacks => Set<CallbackRow>();

    public DbSet<PaymentRow> Payments => Set<PaymentRow>();

    public DbSet<PaymentReportRow> PaymentReports => Set<PaymentReportRow>();

    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();

    public DbSet<WatchRow> Watches => Set<WatchRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(EngineDb).Assembly);
        SnakeCase.Apply(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }
}
