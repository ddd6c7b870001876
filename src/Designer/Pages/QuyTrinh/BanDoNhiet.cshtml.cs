using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;
using PublicService.Designer.Drawings;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>Where a procedure loses time: its drawing in the colours of a number, and all numbers as a table.</summary>
internal sealed class BanDoNhietModel(Session session, Engine engine) : EnginePage(session, engine)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? PhienBan { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? TuNgay { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? DenNgay { get; set; }

    /// <summary>Code of a <see cref="Measure"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Mau { get; set; }

    public IReadOnlyList<VersionSummary> Versions { get; private set; } = [];

    public Heat? Heat { get; private set; }

    public Measure Measure => Measure.All.FirstOrDefault(measure => measure.Code == Mau) ?? Measure.All[0];

    public double Highest => Heat?.Steps.Max(step => Measure.Value(step)) ?? 0;

    public Marks Marks => new(Heat!.Steps.Where(step => step.Passes > 0).ToDictionary(step => step.Id, step => new StepMark(
        $"heat-{Measure.HeatOf(step, Highest)}",
        step.Waiting > 0 ? $"{VietnamText.Number(step.Waiting)} chờ" : null,
        Measure.Value(step) > 0 && Measure.Show(step) is { } shown ? Measure.Code is "luot" ? $"{shown} lượt" : shown : null,
        $"{VietnamText.Number(step.Passes)} lượt, {VietnamText.Number(step.Waiting)} đang chờ")));

    public async Task OnGetAsync()
    {
        Versions = (await ReadAsync<VersionList>($"/definitions/{Escape(Id)}/versions"))?.Items ?? [];
        if (Problem is null)
        {
            Heat = await ReadAsync<Heat>($"/definitions/{Escape(Id)}/heat", ("version", PhienBan), ("from", Iso(TuNgay)), ("to", Iso(DenNgay)));
        }
    }

    public static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
