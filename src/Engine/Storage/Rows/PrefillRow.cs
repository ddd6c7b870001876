using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>
/// One question to the population registry to fill in a form: who asked about whom, when, for what, and what came of it. Only added to.
/// Of the answer it keeps fingerprints, enough to tell later whether a submitted value is the register's.
/// </summary>
public sealed class PrefillRow
{
    public required Guid Id { get; init; }

    public required string ProcedureCode { get; init; }

    public required string PersonalNumber { get; init; }

    public required string AskedById { get; init; }

    public required string AskedByName { get; init; }

    public required string OfficeId { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    /// <summary><c>Found</c>, <c>NotFound</c> or <c>Unreachable</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>JSON object: source and fingerprint of the value by JSON pointer of the field.</summary>
    public required string Fields { get; init; }
}

internal sealed class PrefillRowConfiguration : IEntityTypeConfiguration<PrefillRow>
{
    public void Configure(EntityTypeBuilder<PrefillRow> builder)
    {
        builder.ToTable("prefills");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        // Whose data were looked at, by whom: the question a citizen may ask (Luật Bảo vệ dữ liệu cá nhân).
        builder.HasIndex(row => new { row.PersonalNumber, row.AskedAt });
    }
}
