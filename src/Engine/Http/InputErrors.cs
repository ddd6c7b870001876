using System.Globalization;
using System.Text.RegularExpressions;

namespace PublicService.Engine.Http;

/// <summary>Collects what is wrong with an input, by field, so that the caller learns everything at once.</summary>
public sealed class InputErrors
{
    private readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public bool Any => errors.Count > 0;

    public InputErrors Add(string field, string sentence)
    {
        if (!errors.TryGetValue(field, out var list))
        {
            errors[field] = list = [];
        }

        list.Add(sentence);
        return this;
    }

    public InputErrors When(bool wrong, string field, string sentence) => wrong ? Add(field, sentence) : this;

    /// <summary>Text that must be there, without control characters.</summary>
    public InputErrors Text(string? value, string field, int longest) => string.IsNullOrWhiteSpace(value)
        ? Add(field, "Bắt buộc nhập.")
        : OptionalText(value, field, longest);

    public InputErrors OptionalText(string? value, string field, int longest) => this
        .When(value?.Length > longest, field, string.Create(CultureInfo.InvariantCulture, $"Dài quá {longest} ký tự."))
        .When(value is not null && value.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')), field, "Có ký tự không hợp lệ.");

    public InputErrors Shape(string? value, string field, Regex shape, string sentence) =>
        When(value is not null && !shape.IsMatch(value), field, sentence);

    /// <summary>Names of papers: at least one, at most 50.</summary>
    public InputErrors Papers(IReadOnlyList<string> names)
    {
        When(names.Count is 0 or > 50, "papers", "Ghi từ 1 đến 50 giấy tờ.");
        for (var i = 0; i < names.Count; i++)
        {
            Text(names[i], $"papers[{i}]", 500);
        }

        return this;
    }

    /// <summary>Ends the request with 400 when anything was added.</summary>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw Problems.InvalidInput(errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
        }
    }
}
