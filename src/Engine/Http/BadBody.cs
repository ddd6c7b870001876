using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PublicService.Engine.Http;

/// <summary>Tells the client what is wrong with a request that could not even be read.</summary>
internal static partial class BadBody
{
    public static ProblemException From(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new(error.StatusCode, "BODY_TOO_LARGE", "Nội dung gửi lên quá lớn."),
        StatusCodes.Status415UnsupportedMediaType => new(error.StatusCode, "UNSUPPORTED_MEDIA_TYPE", "Nội dung phải là application/json."),
        StatusCodes.Status408RequestTimeout => new(error.StatusCode, "REQUEST_TIMEOUT", "Nội dung gửi lên quá chậm."),
        _ => FindJson(error) is { } json ? FromJson(json) : FromParameter(error),
    };

    public static ProblemException FromJson(JsonException error)
    {
        // Text that is not JSON carries the reader's own exception inside; everything else is JSON of the wrong shape.
        if (error.InnerException is JsonException || error.Path is null)
        {
            var place = error.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $" (dòng {line + 1}, byte {(error.BytePositionInLine ?? 0) + 1})")
                : "";
            return new(StatusCodes.Status400BadRequest, "MALFORMED_JSON", $"Nội dung không phải JSON hợp lệ{place}.");
        }

        var field = error.Path is ['$', '.', .. var path] ? path : error.Path;
        if (UnknownField().Match(error.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups["name"].Value;
            return new(StatusCodes.Status400BadRequest, "UNKNOWN_FIELD", $"Không có trường “{name}”.")
            {
                Errors = new Dictionary<string, string[]> { [name] = ["Trường không tồn tại."] },
            };
        }

        if (MissingFields().Match(error.Message) is { Success: true } missing)
        {
            var names = missing.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('\'', '.'));
            return Problems.InvalidInput(names.ToDictionary(name => name, _ => new[] { "Bắt buộc nhập." }));
        }

        return Problems.InvalidInput(field, "Giá trị không đúng kiểu.");
    }

    private static ProblemException FromParameter(BadHttpRequestException error) =>
        Parameter().Match(error.Message) is { Success: true } wrong
            ? Problems.InvalidInput(wrong.Groups["name"].Value, "Thiếu hoặc không đúng kiểu.")
            : Problems.InvalidInput("body", "Thiếu nội dung hoặc nội dung không đọc được.");

    private static JsonException? FindJson(Exception? error) =>
        error is null or JsonException ? error as JsonException : FindJson(error.InnerException);

    // The serializer tells these cases apart only in its message; a test holds us to its wording.
    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any \\.NET member")]
    private static partial Regex UnknownField();

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.?$")]
    private static partial Regex MissingFields();

    [GeneratedRegex("parameter \"(?:[^\" ]+ )?(?<name>[^\" ]+)\"")]
    private static partial Regex Parameter();
}
