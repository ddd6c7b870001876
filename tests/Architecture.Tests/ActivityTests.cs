using System.Reflection;
using System.Text.RegularExpressions;
using PublicService.Workflows.Catalog;

namespace PublicService.Architecture.Tests;

/// <summary>An analyst who drags a step sees its group, a Vietnamese label, help, and every way it can leave.</summary>
public sealed partial class ActivityTests
{
    private static IEnumerable<string> Violations(IEnumerable<Type> types)
    {
        foreach (var type in types.Where(type => type.IsSubclassOf(typeof(Activity)) && !type.IsAbstract))
        {
            if (type.GetCustomAttribute<ActivityAttribute>() is not { } label)
            {
                yield return $"{type.Name} has no [Activity], so no catalogue knows it.";
                continue;
            }

            if (string.IsNullOrWhiteSpace(label.Category))
            {
                yield return $"{type.Name} has no category.";
            }

            if (!IsVietnamese(label.DisplayName))
            {
                yield return $"{type.Name} has no Vietnamese label: “{label.DisplayName}”.";
            }

            if (!IsVietnamese(label.Description))
            {
                yield return $"{type.Name} has no Vietnamese help: “{label.Description}”.";
            }

            if (!DeclaresOutcomes(type))
            {
                yield return $"{type.Name} declares no outcomes.";
            }

            foreach (var field in Fields(type).Where(field => !IsVietnamese(field.GetCustomAttribute<FieldAttribute>()?.DisplayName)))
            {
                yield return $"{type.Name}.{field.Name} has no Vietnamese [Field] label.";
            }
        }
    }

    private static bool DeclaresOutcomes(Type type) =>
        type.GetCustomAttribute<OutcomesAttribute>() is { Names.Count: > 0 } outcomes && outcomes.Names.All(name => name.Length > 0)
        || Fields(type).Any(field => field.GetCustomAttribute<FieldAttribute>()?.Hint == UiHints.DynamicOutcomes)
        || (Activator.CreateInstance(type) as Activity)!.IsTerminal;

    private static IEnumerable<PropertyInfo> Fields(Type type) => type.GetProperties()
        .Where(property => typeof(Input).IsAssignableFrom(property.PropertyType) || property.PropertyType == typeof(Output));

    private static bool IsInActivityFolder(HouseFile file) => file.Path.Split('/') is ["src", "Activities", _, _, ..];

    /// <summary>A label of more than one syllable without a single Vietnamese letter is English or a left-over.</summary>
    private static bool IsVietnamese(string? text) => text is not null && VietnameseLetter().IsMatch(text);

    [Fact]
    public void Every_activity_is_described_for_the_analyst()
    {
        var types = House.AssemblyOf("Activities").GetTypes();

        House.IsEmpty(Violations(types));
        Assert.True(
            types.Any(type => type.IsSubclassOf(typeof(Activity))) || !House.SourceFiles.Any(IsInActivityFolder),
            "The folders of Activities hold code but no activity: this check would look at nothing.");
    }

    [Fact]
    public void Sees_everything_an_activity_may_lack() => Assert.Equal(
        ["Bare", "category", "label", "help", "outcomes", "Hours"],
        Violations([typeof(Bare), typeof(Vague), typeof(Fine)]).Select(text => Word().Match(text).Value));

    private sealed class Bare : Activity;

    [Activity("Test.Vague", "", "Officer task", Description = "Waits.")]
    private sealed class Vague : Activity
    {
        public Input<int> Hours { get; } = new(8);
    }

    [Activity("Test.Fine", "Dịch vụ công", "Xử lý hồ sơ", Description = "Chờ cán bộ thụ lý.")]
    [Outcomes("Đồng ý")]
    private sealed class Fine : Activity;

    [GeneratedRegex("[À-ỹĐđ]")]
    private static partial Regex VietnameseLetter();

    [GeneratedRegex("^Bare|category|label(?=:)|help|outcomes|Hours")]
    private static partial Regex Word();
}
