using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace PublicService.Engine.Directories;

/// <summary>Checks the data of an electronic form against the JSON Schema of its procedure.</summary>
public sealed class FormValidator
{
    private static readonly JsonSerializerSettings AsWritten = new() { DateParseHandling = DateParseHandling.None, MaxDepth = 32 };

    private readonly ConcurrentDictionary<string, Task<JsonSchema>> schemas = new(StringComparer.Ordinal);

    /// <summary>
    /// Sentences by field (<c>child.birthDate</c>); empty when the form is right, or when the procedure has no schema.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> Validate(Procedure procedure, JsonNode? form) => Validate(procedure.FormSchema, form);

    /// <summary>The same for any schema of our own, such as a task's.</summary>
    public IReadOnlyDictionary<string, string[]> Validate(string? formSchema, JsonNode? form)
    {
        if (formSchema is null)
        {
            return new Dictionary<string, string[]>();
        }

        // Schemas come from our own table and refer to nothing outside, so reading one never waits.
        var schema = schemas.GetOrAdd(formSchema, text => JsonSchema.FromJsonAsync(text)).GetAwaiter().GetResult();
        var data = JsonConvert.DeserializeObject<JToken>(form?.ToJsonString() ?? "null", AsWritten) ?? JValue.CreateNull();
        return schema.Validate(data)
            .SelectMany(Leaves)
            .GroupBy(error => Field(error))
            .ToDictionary(group => group.Key, group => group.Select(Sentence).Distinct().ToArray());
    }

    // "anyOf" and its like report one error that hides the real ones.
    private static IEnumerable<ValidationError> Leaves(ValidationError error) => error is ChildSchemaValidationError { Errors.Count: > 0 } parent
        ? parent.Errors.SelectMany(pair => pair.Value).SelectMany(Leaves)
        : [error];

    private static string Field(ValidationError error)
    {
        var path = (error.Path ?? "").TrimStart('#').TrimStart('/');
        return path.Length > 0 ? path : error.Property ?? "form";
    }

    private static string Sentence(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "Bắt buộc nhập.",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "Trường không tồn tại.",
        ValidationErrorKind.NotInEnumeration => "Giá trị không có trong danh mục.",
        ValidationErrorKind.PatternMismatch => "Không đúng định dạng.",
        ValidationErrorKind.DateExpected or ValidationErrorKind.DateTimeExpected => "Phải là ngày hợp lệ (năm-tháng-ngày).",
        ValidationErrorKind.StringTooLong => $"Dài quá {error.Schema.MaxLength} ký tự.",
        ValidationErrorKind.StringTooShort => $"Ngắn hơn {error.Schema.MinLength} ký tự.",
        ValidationErrorKind.NumberTooBig or ValidationErrorKind.NumberTooSmall
            or ValidationErrorKind.IntegerTooBig => "Nằm ngoài khoảng cho phép.",
        ValidationErrorKind.TooManyItems or ValidationErrorKind.TooFewItems => "Số lượng không đúng.",
        _ => "Giá trị không đúng kiểu.",
    };
}
