namespace PublicService.Architecture.Tests;

/// <summary>The pure rooms stand on .NET and the rooms of their row alone: no web, no database, no network, no mediator.</summary>
public sealed class AssemblyTests
{
    private static readonly string[] Outside = ["System.Net.", "System.Data."];

    private static IEnumerable<string> Violations(string room, IEnumerable<string> references) => references
        .Where(name => !IsDotNet(name) && !RoomTable.MayReferTo[room].Contains(name.Replace("PublicService.", "", StringComparison.Ordinal)))
        .Select(name => $"{room} may not use {name}.");

    private static bool IsDotNet(string name) =>
        (name.StartsWith("System.", StringComparison.Ordinal) && !Array.Exists(Outside, outside => name.StartsWith(outside, StringComparison.Ordinal)))
        || name is "Microsoft.Win32.Primitives";

    [Fact]
    public void Pure_rooms_use_only_dotnet_and_their_row() => House.IsEmpty(RoomTable.Pure.SelectMany(room =>
        Violations(room, House.AssemblyOf(room).GetReferencedAssemblies().Select(name => name.Name!))));

    [Theory]
    [InlineData("Dossiers", "Microsoft.EntityFrameworkCore")]
    [InlineData("Dossiers", "PublicService.Workflows")]
    [InlineData("Workflows", "Microsoft.AspNetCore.Http.Abstractions")]
    [InlineData("Workflows", "MediatR")]
    [InlineData("Activities", "System.Net.Http")]
    [InlineData("Activities", "PublicService.Engine")]
    public void Sees_an_assembly_that_does_not_belong(string room, string name) => Assert.Single(Violations(room, ["System.Runtime", name]));
}
