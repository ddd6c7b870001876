using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Storage;

/// <summary>An issued form 01 to 05 of a dossier, as it was on the day: never changed afterwards.</summary>
public sealed class FormRow
{
    public required Guid Id { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>The line of the dossier's ledger that issued it.</summary>
    public required int LedgerSequence { get; init; }

    public required FormKind Kind { get; init; }

    /// <summary>The office that issued it and in whose row of numbers it stands.</summary>
    public required string OfficeId { get; init; }

    /// <summary>Year of the numbering, by the date in Viet Nam.</summary>
    public required int Year { get; init; }

    /// <summary>From 1 without gaps per office, year and kind; taken inside the transaction that stores the act (<see cref="Issue"/>).</summary>
    public int Sequence { get; init; }

    /// <summary>Letters behind the number, e.g. <c>GTN-UBND</c>.</summary>
    public required string Letters { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public required string IssuedBy { get; init; }

    /// <summary>JSON of a <see cref="FormContent"/>.</summary>
    public required string Content { get; init; }

    /// <summary>Số, ký hiệu: numbers below 10 get a nought (NĐ 30/2020).</summary>
    public string Number => string.Create(CultureInfo.InvariantCulture, $"{Sequence:00}/{Letters}");

    /// <summary>
    /// Adds the form to a unit of work, at its end. The counter's row is locked until the commit, so numbers have neither gap nor double,
    /// whoever else issues at the same moment; forms of one click must be issued in the order of their kind, so that two clicks never wait for each other.
    /// </summary>
    public static void Issue(Changes changes, FormRow form)
    {
        changes.Execute($"""
            insert into form_counters (office_id, year, kind, last_number) values ({form.OfficeId}, {form.Year}, {form.Kind}, 1)
            on conflict (office_id, year, kind) do update set last_number = form_counters.last_number + 1
            """);
        changes.Insert(form);
        changes.Execute($"""
            update forms set sequence = (select last_number from form_counters where office_id = {form.OfficeId} and year = {form.Year} and kind = {form.Kind})
            where id = {form.Id}
            """, rows: 1);
    }
}

internal sealed class FormRowConfiguration : IEntityTypeConfiguration<FormRow>
{
    public void Configure(EntityTypeBuilder<FormRow> builder)
    {
        builder.ToTable("forms");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Number);
        builder.HasIndex(row => new { row.DossierId, row.LedgerSequence }).IsUnique();
        builder.HasIndex(row => new { row.OfficeId, row.Year, row.Kind, row.Sequence }).IsUnique();
    }
}

/// <summary>The last number an office has given to forms of a kind in a year.</summary>
public sealed class FormCounterRow
{
    public required string OfficeId { get; init; }

    public required int Year { get; init; }

    public required FormKind Kind { get; init; }

    public int LastNumber { get; init; }
}

internal sealed class FormCounterRowConfiguration : IEntityTypeConfiguration<FormCounterRow>
{
    public void Configure(EntityTypeBuilder<FormCounterRow> builder)
    {
        builder.ToTable("form_counters");
        builder.HasKey(row => new { row.OfficeId, row.Year, row.Kind });
    }
}
