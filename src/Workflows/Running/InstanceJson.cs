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
public sealed partial class InstanceJson : JsonSerializerContext;
