using System.Text.Json.Nodes;
using PublicService.Engine.Directories;
using PublicService.Engine.Population;
using PublicService.Engine.Tests.Dossiers;

namespace PublicService.Engine.Tests.Population;

public sealed class PopulationFieldTests
{
    private static readonly JsonObject Person = (JsonObject)JsonNode.Parse("""
        {"SoDinhDanh":"022190000123","HoVaTen":{"Ho":"Nguyễn","ChuDem":"Thị","Ten":"Thử"},"GioiTinh":"Nữ","NgayThangNamSinh":{"Nam":"1990","NgayThangNam":"19900215"},
         "ThuongTru":{"DiaChiDayDu":"Phường Hồng Gai"},"Cha":{"HoVaTen":{"Ho":"Nguyễn","Ten":"Cha"}},"DanToc":""}
        """)!;

    [Theory]
    [InlineData("SoDinhDanh", "022190000123")]
    [InlineData("HoVaTen", "Nguyễn Thị Thử")]
    [InlineData("HoVaTen.Ten", "Thử")]
    [InlineData("GioiTinh", "Nữ")]
    [InlineData("NgayThangNamSinh", "1990-02-15")]
    [InlineData("NgayThangNamSinh.Nam", "1990")]
    [InlineData("ThuongTru", "Phường Hồng Gai")]
    [InlineData("Cha", "Nguyễn Cha")]
    [InlineData("DanToc", null)]
    [InlineData("Me", null)]
    public void Reads_what_the_registry_says(string name, string? value) => Assert.Equal(value, PopulationFields.Read(Person, name));

    [Theory]
    [InlineData("15/02/1990", "1990-02-15")]
    [InlineData("1990-02-15", "1990-02-15")]
    [InlineData("1990", null)]
    [InlineData("19901315", null)]
    public void A_birth_date_is_whole_or_none(string answered, string? value) => Assert.Equal(
        value, PopulationFields.Read(new JsonObject { ["NgayThangNamSinh"] = new JsonObject { ["NgayThangNam"] = answered } }, "NgayThangNamSinh"));

    [Fact]
    public void Fills_only_what_the_form_accepts()
    {
        var form = PopulationForm.Read("""
            {"type":"object","properties":{"who":{"type":"object","properties":{
              "name":{"type":"string","maxLength":5,"x-population":"HoVaTen"},
              "sex":{"type":"string","enum":["nam","nu"],"x-population":"GioiTinh","x-source":"Nguồn khác"},
              "marital":{"type":"string","enum":["doc-than"],"x-population":"TinhTrangHonNhan"},
              "born":{"type":"string","format":"date","x-population":"NgayThangNamSinh"}}}}}
            """);

        var filled = form.Fill("/who", Person, new FormValidator()).ToDictionary(field => field.Pointer, field => (field.Value.ToString(), field.Source));

        Assert.Equal(["/who/born", "/who/sex"], filled.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("nu", "Nguồn khác"), filled["/who/sex"]);
        Assert.Equal(("1990-02-15", "CSDLQG về dân cư"), filled["/who/born"]);
    }

    [Fact]
    public void Every_form_of_the_seed_uses_names_the_registry_knows()
    {
        var files = Directory.GetFiles(Path.Combine(OneStop.Root, "seed", "forms"), "*.json");
        Assert.NotEmpty(files);

        Assert.All(files, file => Assert.Empty(PopulationForm.Read(File.ReadAllText(file)).Names.Except(PopulationFields.Names)));
        Assert.Contains(files, file => PopulationForm.Read(File.ReadAllText(file)).Names.Any());
    }
}
