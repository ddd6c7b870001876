using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Studio;

/// <summary>
/// What a script may name, as TypeScript declarations for the editor's completion (Elsa contract A.3, E.1): the functions of the
/// runtime, the dossier, the fields of the procedure's form, and the variables, inputs and steps of the definition.
/// </summary>
internal static class ScriptTypes
{
    /// <param name="ActivityTypeName">The step the script belongs to.</param>
    public sealed record Body(string? ActivityTypeName = null, string? PropertyName = null);

    private const string Always = """
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function getWorkflowInstanceId(): string;
        declare function getCorrelationId(): string | null;
        declare function setCorrelationId(value: string | null): void;
        declare function getWorkflowInstanceName(): string | null;
        declare function setWorkflowInstanceName(value: string | null): void;
        /** Kết quả của bước ngay trước. */
        declare function getLastResult(): any;
        declare function isNullOrWhiteSpace(text: any): boolean;
        declare function isNullOrEmpty(text: any): boolean;
        declare function toJson(value: any): string;
        declare function parseGuid(text: string): Guid;
        declare function newGuid(): Guid;
        declare function newGuidString(): string;
        declare function newShortGuid(): string;
        declare function stringToBase64(text: string): string;
        declare function stringFromBase64(base64: string): string;
        declare class Guid { static NewGuid(): Guid; static Parse(text: string): Guid; static readonly Empty: Guid; Equals(other: any): boolean; toString(): string; }
        declare class TimeSpan { static FromDays(n: number): TimeSpan; static FromHours(n: number): TimeSpan; static FromMinutes(n: number): TimeSpan; static FromSeconds(n: number): TimeSpan; static Parse(text: string): TimeSpan; readonly TotalDays: number; readonly TotalHours: number; readonly TotalMinutes: number; readonly TotalSeconds: number; Add(other: TimeSpan): TimeSpan; Subtract(other: TimeSpan): TimeSpan; }
        declare class DateTimeOffset { static readonly Now: Date; static readonly UtcNow: Date; static readonly Today: Date; static Parse(text: string): Date; static AddDays(date: Date, days: number): Date; }

        """;

    private const string OfDossier = """
        interface Dossier {
          id: string;
          /** Mã hồ sơ */ code: string;
          /** Mã thủ tục */ procedureCode: string;
          /** Hình thức nộp */ channel: "Direct" | "Post" | "Online";
          /** Mã nơi tiếp nhận */ receivingOfficeId: string;
          /** Mã cơ quan giải quyết */ competentOfficeId: string;
          /** Người nộp */ applicant: { /** Họ và tên */ name: string; /** Số định danh */ idNumber: string | null };
        }
        /** Hồ sơ đang được giải quyết. */
        declare function getDossier(): Dossier;

        """;

    private const string OnlyInScripts = """
        /** Chọn nhánh rời khỏi bước này. */
        declare function setOutcome(name: string): void;
        declare function setOutcomes(names: string[]): void;

        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/scripting/javascript/type-definitions/{definitionId}", async (
        string definitionId, Body? body, EngineDb db, DefinitionCache cache, ProcedureDirectory procedures, TimeProvider time, CancellationToken cancellationToken) =>
    {
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsLatest, cancellationToken);
        var text = new StringBuilder(Always).Append(OfDossier);
        if (body?.ActivityTypeName is "Elsa.RunJavaScript")
        {
            text.Append(OnlyInScripts);
        }

        var definition = row is null ? null : DefinitionReader.Read(row.Json, cache.Catalog);
        var procedure = definition is null ? null : procedures.TryFind(ProcedureCheck.CodeOf(definition), VietnamTime.DateOf(time.GetUtcNow()));
        text.Append("/** Dữ liệu biểu mẫu của hồ sơ. */\ndeclare function getForm(): ").Append(SchemaTypes.OfText(procedure?.FormSchema)).Append(";\n");
        Values(text, definition);
        Outputs(text, definition);
        return TypedResults.Text(text.ToString(), "text/plain; charset=utf-8");
    });

    private static void Values(StringBuilder text, WorkflowDefinition? definition)
    {
        var variables = definition?.Nodes.Values.SelectMany(node => node.Variables).DistinctBy(variable => variable.Name).ToList() ?? [];
        foreach (var variable in variables)
        {
            Accessor(text, "get", variable.Name, $"(): {TypeOf(variable.Type)}");
            Accessor(text, "set", variable.Name, $"(value: {TypeOf(variable.Type)}): void");
        }

        text.Append("declare const variables: { ").AppendJoin(" ", variables.Select(variable => $"{Quoted(variable.Name)}: {TypeOf(variable.Type)};")).Append(" };\n");
        var names = variables.Count == 0 ? "string" : string.Join(" | ", variables.Select(variable => Quoted(variable.Name)));
        text.Append("declare function getVariable(name: ").Append(names).Append("): any;\ndeclare function setVariable(name: ").Append(names).Append(", value: any): void;\n");
        foreach (var input in definition?.Inputs ?? [])
        {
            Accessor(text, "get", input.Name, $"(): {TypeOf(input.Type)}");
        }

        text.Append("declare function getInput(name: ").AppendJoin(" | ", (definition?.Inputs ?? []).Select(input => Quoted(input.Name)).Concat(["\"Dossier\"", "\"Form\""]).Distinct()).Append("): any;\n");
    }

    /// <summary>One line for each output a script can read; what an officer enters has the fields of the step's own form.</summary>
    private static void Outputs(StringBuilder text, WorkflowDefinition? definition)
    {
        foreach (var node in definition?.Nodes.Values.Where(node => node.Parent is not null) ?? [])
        {
            foreach (var output in node.Activity.Descriptor.Outputs)
            {
                var type = output.Name == "Data" && node.Inputs.FirstOrDefault(input => input.Descriptor.Name == "Form")?.Value?.Constant is { } form
                    ? SchemaTypes.OfText(form.GetValueKind() is System.Text.Json.JsonValueKind.String ? form.ToString() : form.ToJsonString())
                    : TypeOf(TypeAlias.Parse(output.TypeName) ?? TypeAlias.Object);
                text.Append("/** ").Append(Plain(node.Source["metadata"]?["displayText"]?.ToString() ?? node.Activity.Descriptor.DisplayName)).Append(": ").Append(Plain(output.DisplayName)).Append(" */\n")
                    .Append("declare function getOutputFrom(activity: ").Append(Quoted(node.Id)).Append(", output: ").Append(Quoted(output.Name)).Append("): ").Append(type).Append(";\n");
            }
        }

        text.Append("declare function getOutputFrom(activity: string, output?: string): any;\n");
    }

    private static void Accessor(StringBuilder text, string verb, string name, string signature)
    {
        // A name with spaces or signs has no accessor that can be written down; getVariable reads it.
        if (name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
        {
            text.Append("declare function ").Append(verb).Append(char.ToUpperInvariant(name[0])).Append(name, 1, name.Length - 1).Append(signature).Append(";\n");
        }
    }

    private static string TypeOf(TypeAlias type) => type.Kind switch
    {
        ValueKind.String or ValueKind.DateOnly => "string",
        ValueKind.Guid => "Guid",
        ValueKind.TimeSpan => "TimeSpan",
        ValueKind.Bytes => "number[]",
        ValueKind.DateTime or ValueKind.DateTimeOffset => "Date",
        ValueKind.Boolean => "boolean",
        ValueKind.Integer or ValueKind.Real or ValueKind.Decimal => "number",
        ValueKind.Map => "Record<string, any>",
        ValueKind.List => $"Array<{(type.Element is { } element ? TypeOf(element) : "any")}>",
        ValueKind.Enumeration => string.Join(" | ", type.Members.Select(Quoted)),
        _ => "any",
    };

    private static string Plain(string text) => text.Replace("*/", "* /", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString(JsonText.Readable);
}
