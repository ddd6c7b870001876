using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

public sealed class ValueConverterTests
{
    public static TheoryData<string, string, string> Fitting => new()
    {
        { "\"42\"", "Int32", "42" },
        { "42", "Int32", "42" },
        { "5.0", "Int32", "5" },
        { "\" 7 \"", "Int16", "7" },
        { "\"9007199254740993\"", "Int64", "9007199254740993" },
        { "9007199254740993", "Long", "9007199254740993" },
        { "\"1.5\"", "Double", "1.5" },
        { "\"1e3\"", "Double", "1000" },
        { "\"1.5\"", "Single", "1.5" },
        { "\"1234567890.12\"", "Decimal", "1234567890.12" },
        { "0.1", "Decimal", "0.1" },
        { "\"1.10\"", "Decimal", "1.10" },
        { "79228162514264337593543950335", "Decimal", "79228162514264337593543950335" },
        { "\"True\"", "Boolean", "true" },
        { "\"false\"", "Boolean", "false" },
        { "true", "Boolean", "true" },
        { "\"6F9619FF-8B86-D011-B42D-00C04FC964FF\"", "Guid", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"" },
        { "\"2025-07-01T08:00:00Z\"", "DateTime", "\"2025-07-01T08:00:00Z\"" },
        { "\"2025-07-01T08:00:00+07:00\"", "DateTime", "\"2025-07-01T01:00:00Z\"" },
        { "\"2025-07-01T08:00:00\"", "DateTime", "\"2025-07-01T08:00:00\"" },
        { "\"2025-07-01\"", "DateTime", "\"2025-07-01T00:00:00\"" },
        { "\"2025-07-01T08:00:00+07:00\"", "DateTimeOffset", "\"2025-07-01T08:00:00+07:00\"" },
        { "\"2025-07-01T08:00:00.5Z\"", "DateTimeOffset", "\"2025-07-01T08:00:00.5+00:00\"" },
        { "\"2025-07-01T08:00:00Z\"", "DateOnly", "\"2025-07-01\"" },
        { "\"1.02:03:04\"", "TimeSpan", "\"1.02:03:04\"" },
        { "\"PT5M\"", "TimeSpan", "\"00:05:00\"" },
        { "\"AQID\"", "ByteArray", "\"AQID\"" },
        { "[1,2,3]", "ByteArray", "\"AQID\"" },
        { "\"waitany\"", "FlowJoinMode", "\"WaitAny\"" },
        { "1", "FlowJoinMode", "\"WaitAny\"" },
        { "\"chữ\"", "Object", "\"chữ\"" },
        { "\"{\\\"a\\\":1}\"", "Object", "{\"a\":1}" },
        { "\"[1,2]\"", "JsonArray", "[1,2]" },
        { "\"{ngoặc}\"", "Object", "\"{ngoặc}\"" },
        { "\"{\\\"a\\\":1}\"", "String", "\"{\\\"a\\\":1}\"" },
        { "\"{\\\"a\\\":1}\"", "ObjectDictionary", "{\"a\":1}" },
        { "[\"1\",\"2\"]", "Int32[]", "[1,2]" },
        { "\"[\\\"1\\\",\\\"2\\\"]\"", "List<Int32>", "[1,2]" },
        { "\"một\"", "String[]", "[\"một\"]" },
        { "[1,true,null]", "List<String>", "[\"1\",\"True\",null]" },
        { "true", "String", "\"True\"" },
        { "5", "String", "\"5\"" },
        { "1e21", "String", "\"1E+21\"" },
        { "{\"a\":\"ạ\"}", "String", "\"{\\\"a\\\":\\\"ạ\\\"}\"" },
        { "\"\"", "String", "\"\"" },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void A_value_takes_the_canonical_form_of_its_type_in_any_culture(string value, string alias, string expected)
    {
        foreach (var culture in new[] { "vi-VN", "en-US", "" })
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                var converted = ValueConverter.Convert(JsonNode.Parse(value), TypeAlias.Parse(alias)!);
                Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), converted!.ToJsonString());
                Assert.Equal(converted.ToJsonString(), ValueConverter.Convert(converted, TypeAlias.Parse(alias)!)!.ToJsonString());
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Theory]
    [InlineData("\"abc\"", "Int32")]
    [InlineData("5.5", "Int32")]
    [InlineData("3000000000", "Int32")]
    [InlineData("\"9223372036854775808\"", "Int64")]
    [InlineData("true", "Int32")]
    [InlineData("{}", "Int32")]
    [InlineData("\"1,5\"", "Double")]
    [InlineData("\"NaN\"", "Double")]
    [InlineData("1", "Boolean")]
    [InlineData("\"có\"", "Boolean")]
    [InlineData("\"01/07/2025\"", "DateTime")]
    [InlineData("\"2025-13-01\"", "DateTime")]
    [InlineData("20250701", "DateTime")]
    [InlineData("\"năm phút\"", "TimeSpan")]
    [InlineData("\"x\"", "Guid")]
    [InlineData("\"không phải base64\"", "ByteArray")]
    [InlineData("[256]", "ByteArray")]
    [InlineData("\"Khac\"", "FlowJoinMode")]
    [InlineData("\"{a\"", "JsonObject")]
    [InlineData("[1]", "JsonObject")]
    [InlineData("[1,\"x\"]", "Int32[]")]
    [InlineData("5", "Int32[]")]
    public void A_value_that_does_not_fit_is_refused_and_never_defaulted(string value, string alias)
    {
        Assert.Throws<ConversionException>(() => ValueConverter.Convert(JsonNode.Parse(value), TypeAlias.Parse(alias)!));
    }

    [Theory]
    [InlineData("Int32")]
    [InlineData("DateTime")]
    [InlineData("String[]")]
    [InlineData("JsonObject")]
    public void Nothing_stays_nothing_and_empty_text_is_nothing(string alias)
    {
        var type = TypeAlias.Parse(alias)!;

        Assert.Null(ValueConverter.Convert(null, type));
        Assert.Null(ValueConverter.Convert(" ", type));
    }

    [Fact]
    public void A_list_that_needs_no_change_is_given_back_and_a_changed_one_shares_nothing()
    {
        var right = new JsonArray("a", "b");
        Assert.Same(right, ValueConverter.Convert(right, TypeAlias.Parse("String[]")!));

        var mixed = new JsonArray("a", 1, new JsonObject());
        var converted = ValueConverter.Convert(mixed, TypeAlias.Parse("List<String>")!)!;
        Assert.Null(converted.Parent);
        Assert.Equal("[\"a\",\"1\",\"{}\"]", converted.ToJsonString());
    }

    [Fact]
    public void Values_held_by_dotnet_print_as_their_json()
    {
        Assert.Equal("00:01:00", ValueConverter.ToText(JsonValue.Create(TimeSpan.FromMinutes(1).ToString())));
        Assert.Equal("6f9619ff-8b86-d011-b42d-00c04fc964ff", ValueConverter.ToText(JsonValue.Create(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"))));
        Assert.Equal("1.10", ValueConverter.ToText(JsonValue.Create(1.10m)));
        Assert.Equal("7", ValueConverter.ToText(JsonValue.Create(7)));
        Assert.Throws<ConversionException>(() => ValueConverter.Convert(JsonValue.Create(double.NaN), TypeAlias.Object));
    }
}
