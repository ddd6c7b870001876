using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicService.Workflows.Running;

/// <summary>Compact JSON of instance states and journals; generated at build, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(InstanceState))]
[JsonSerializable(typeof(List<JournalEntry>))]
[JsonSerializable(typeof(List<StepState>))]
public sealed partial class InstanceJson : JsonSerializerContext
{
    /// <summary>The stored form of a state.</summary>
    public static byte[] Write(InstanceState state) => JsonSerializer.SerializeToUtf8Bytes(state, Default.InstanceState);

    public static byte[] Write(List<JournalEntry> journal) => JsonSerializer.SerializeToUtf8Bytes(journal, Default.ListJournalEntry);

    public static byte[] Write(List<StepState> steps) => JsonSerializer.SerializeToUtf8Bytes(steps, Default.ListStepState);

    /// <summary>A state from its stored form.</summary>
    public static InstanceState Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, Default.InstanceState)!;

    internal static InstanceState Copy(InstanceState state) => Read(Write(state));
}
