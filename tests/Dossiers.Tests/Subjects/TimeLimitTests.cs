using System.Text.Json;

namespace PublicService.Dossiers.Tests.Subjects;

public sealed class TimeLimitTests
{
    private static readonly Dictionary<string, JsonElement> Catalogue =
        Fixture.Read("limits.json").EnumerateArray().ToDictionary(row => row.GetProperty("code").GetString()!, row => row.GetProperty("time"));

    public static TheoryData<string> Procedures() => [.. Catalogue.Keys];

    [Theory]
    [MemberData(nameof(Procedures))]
    public void Every_procedure_of_the_catalogue_can_be_read_and_promised(string code)
    {
        var limit = TimeLimit.Parse(Catalogue[code].GetRawText());

        var promise = A.Calendar().PromiseFor(A.At("2026-03-02 09:00"), limit);

        Assert.Equal(Catalogue[code].GetProperty("value").GetInt32(), limit.Value);
        Assert.True(promise > A.At("2026-03-02 09:00"));
    }

    [Theory]
    [InlineData("1.001193", "Trong ngày làm việc")]
    [InlineData("1.004873", "3 ngày làm việc")]
    [InlineData("1.013225", "15 ngày")]
    public void Says_what_form_01_prints(string code, string word) =>
        Assert.Equal(word, TimeLimit.Parse(Catalogue[code].GetRawText()).Word());

    [Fact]
    public void Reads_the_cut_off()
    {
        Assert.Equal(TimeLimit.SameDay(new(15, 0)), TimeLimit.Parse("""{"value":1,"unit":"same_day","cutoff":"15:00"}"""));
        Assert.Equal(TimeLimit.None, TimeLimit.Parse("""{"unit":"none"}"""));
    }

    [Theory]
    [InlineData("P1D", 1, LimitUnit.WorkingDay)]
    [InlineData("P10D", 10, LimitUnit.WorkingDay)]
    [InlineData("PT4H", 4, LimitUnit.WorkingHour)]
    [InlineData("P2M", 2, LimitUnit.Month)]
    public void Reads_durations_of_analysts_in_working_time(string text, int value, LimitUnit unit) =>
        Assert.Equal(new TimeLimit(value, unit), TimeLimit.ParseDuration(text));

    [Theory]
    [InlineData("P1DT4H")]
    [InlineData("PT30M")]
    [InlineData("1D")]
    [InlineData("P-1D")]
    [InlineData("PD")]
    [InlineData("")]
    public void Refuses_durations_it_would_have_to_guess(string text) =>
        Assert.Throws<FormatException>(() => TimeLimit.ParseDuration(text));

    [Theory]
    [InlineData("""{"value":3}""")]
    [InlineData("""{"value":3,"unit":"Ngày"}""")]
    public void Refuses_dirty_portal_data(string json) => Assert.Throws<FormatException>(() => TimeLimit.Parse(json));

    [Fact]
    public void Refuses_values_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => TimeLimit.WorkingDays(0));
        Assert.Throws<ArgumentException>(() => new TimeLimit(1, LimitUnit.None));
        Assert.Throws<ArgumentException>(() => TimeLimit.Parse("""{"unit":"day"}"""));
    }
}
