using System.Reflection;
using System.Runtime.CompilerServices;

namespace PublicService.Architecture.Tests;

/// <summary>A type is named after what it is, and an interface exists only where two real things stand behind it.</summary>
public sealed class TypeNameTests
{
    private const int InterfacesPerHundred = 3;

    private static readonly string[] Forbidden = ["Manager", "Helper", "Helpers", "Processor", "Util", "Utils", "Base", "Impl", "Service"];

    private static readonly IReadOnlyList<Type> Ours =
        [.. House.RoomFolders.SelectMany(room => House.AssemblyOf(room).GetTypes()).Where(type => !IsGenerated(type))];

    private static IEnumerable<string> Violations(IEnumerable<string> names) => names
        .SelectMany(name => Forbidden.Where(word => name.Split('`')[0].EndsWith(word, StringComparison.Ordinal)).Select(word => $"{name}: a name ending in {word} says nothing."));

    private static bool TooManyInterfaces(int interfaces, int types) => interfaces * 100 > types * InterfacesPerHundred;

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || type.Namespace?.StartsWith("PublicService", StringComparison.Ordinal) == false || (type.DeclaringType is { } outer && IsGenerated(outer));

    [Fact]
    public void No_type_name_ends_in_a_forbidden_word() => House.IsEmpty(Violations(Ours.Select(type => type.Name)));

    [Fact]
    public void At_most_three_types_of_a_hundred_are_interfaces()
    {
        var interfaces = Ours.Where(type => type.IsInterface).Select(type => type.Name).ToList();

        Assert.False(TooManyInterfaces(interfaces.Count, Ours.Count), $"{interfaces.Count} of {Ours.Count} types: {string.Join(", ", interfaces)}");
    }

    [Theory]
    [InlineData("DossierManager")]
    [InlineData("Base")]
    [InlineData("NotificationService")]
    public void Sees_a_forbidden_word(string name) => Assert.Single(Violations(["Dossier", name]));

    [Fact]
    public void Sees_too_many_interfaces() => Assert.True(TooManyInterfaces(4, 100) && !TooManyInterfaces(3, 100));
}
