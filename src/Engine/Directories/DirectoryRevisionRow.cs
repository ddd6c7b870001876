using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>Counts the changes of a directory, raised in the transaction of the change, so that every engine notices.</summary>
public sealed class DirectoryRevisionRow
{
    public required string Name { get; init; }

    public long Revision { get; set; }
}

internal sealed class DirectoryRevisionRowConfiguration : IEntityTypeConfiguration<DirectoryRevisionRow>
{
    public void Configure(EntityTypeBuilder<DirectoryRevisionRow> builder)
    {
        builder.ToTable("directory_revisions");
        builder.HasKey(row => row.Name);
    }
}
