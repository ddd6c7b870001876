using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PublicService.Designer.Drawings;

/// <summary>
/// <c>&lt;flow-drawing drawing="…" marks="…" /&gt;</c>: a definition as SVG, made on the server, and the same as a table for who does not
/// see the picture. Pages colour steps through <see cref="Marks"/>.
/// </summary>
[HtmlTargetElement("flow-drawing", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FlowDrawing(HtmlEncoder encoder) : TagHelper
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private const double Margin = 28;

    private const double LineHeight = 16;

    /// <summary>Wider drawings are shown in their own size first; squeezed into the frame they could not be read.</summary>
    private const double FitsUpTo = 1700;

    /// <summary>What is drawn.</summary>
    public required Drawing Drawing { get; set; }

    /// <summary>How its steps are marked.</summary>
    public Marks? Marks { get; set; }

    /// <summary>Begins the ids of the page; another for each drawing of one page.</summary>
    public string Prefix { get; set; } = "so-do";

    /// <summary>Leaves the table out where the page has a better one.</summary>
    public bool WithoutTable { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "flow");
        var html = new StringBuilder();
        var charts = Drawing.Charts.Where(chart => chart.Steps.Count > 0).ToList();
        for (var i = 0; i < charts.Count; i++)
        {
            Draw(html, charts[i], $"{Prefix}-{i}", isInner: i > 0);
        }

        if (charts.Count == 0)
        {
            html.Append("<p>Quy trình chưa có bước nào.</p>");
        }
        else if (!WithoutTable)
        {
            Tabulate(html, charts);
        }

        output.Content.SetHtmlContent(html.ToString());
    }

    private void Draw(StringBuilder html, Chart chart, string id, bool isInner)
    {
        var boxes = chart.Steps.DistinctBy(step => step.Id).ToDictionary(step => step.Id, BoxOf);
        var paths = new ArrowPaths(chart, boxes);
        var ways = chart.Arrows.Where(paths.IsDrawn).Select(arrow => (Arrow: arrow, Way: paths.Find(arrow))).ToList();
        var corners = ways.SelectMany(way => way.Way.Corners).Concat(boxes.Values.SelectMany(box => new[] { new Corner(box.X, box.Y), new Corner(box.Right, box.Bottom) })).ToList();
        var (left, top) = (corners.Min(corner => corner.X) - Margin, corners.Min(corner => corner.Y) - Margin);
        var (width, height) = (corners.Max(corner => corner.X) - left + Margin, corners.Max(corner => corner.Y) - top + Margin);
        var fits = width <= FitsUpTo;
        html.Append(isInner ? $"<h3>Bên trong “{Text(chart.Name)}”</h3>" : "")
            .Append(Plain, $"<div class=\"flow-chart\"><div class=\"flow-zoom\" role=\"radiogroup\" aria-label=\"Cỡ hình\">")
            .Append(Plain, $"<label><input type=\"radio\" name=\"{id}-co\" value=\"fit\"{(fits ? " checked" : "")}> Vừa khung</label>")
            .Append(Plain, $"<label><input type=\"radio\" name=\"{id}-co\" value=\"small\"> Thu nhỏ</label>")
            .Append(Plain, $"<label><input type=\"radio\" name=\"{id}-co\" value=\"real\"{(fits ? "" : " checked")}> Cỡ thật</label></div>")
            .Append(Plain, $"<div class=\"flow-frame\" tabindex=\"0\" role=\"region\" aria-label=\"Sơ đồ {Text(chart.Name)}\">")
            .Append(Plain, $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"{id}-ten {id}-mo-ta\" viewBox=\"{left:0.#} {top:0.#} {width:0.#} {height:0.#}\" width=\"{width:0}\" height=\"{height:0}\">")
            .Append(Plain, $"<title id=\"{id}-ten\">Sơ đồ {Text(chart.Name)}</title>")
            .Append(Plain, $"<desc id=\"{id}-mo-ta\">{boxes.Count} bước, {ways.Count} mũi tên. Nội dung như nhau có trong bảng bên dưới.</desc>")
            .Append(Plain, $"<defs><marker id=\"{id}-mui\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"11\" markerHeight=\"11\" orient=\"auto\"><path d=\"M0 0 10 5 0 10z\" class=\"tip\"/></marker></defs>");
        foreach (var (arrow, way) in ways)
        {
            Line(html, arrow, way.Corners, id);
        }

        foreach (var (arrow, way) in ways.Where(way => way.Arrow.Caption is not null))
        {
            html.Append(Plain, $"<text class=\"word {Marks?.Arrow(arrow)}\" x=\"{way.Caption.X:0.#}\" y=\"{way.Caption.Y:0.#}\">{Text(FlowText.Shortened(arrow.Caption))}<title>{Text(arrow.Caption!)}</title></text>");
        }

        foreach (var step in chart.Steps.DistinctBy(step => step.Id))
        {
            Step(html, step, boxes[step.Id]);
        }

        html.Append("</svg></div></div>");
    }

    private void Line(StringBuilder html, DrawnArrow arrow, IReadOnlyList<Corner> way, string id)
    {
        var title = Drawing.Steps.TryGetValue(arrow.From, out var from) && Drawing.Steps.TryGetValue(arrow.To, out var to)
            ? $"<title>{Text(from.Name)} → {Text(to.Name)}{(arrow.Caption is { } caption ? $": {Text(caption)}" : "")}</title>"
            : "";
        html.Append(Plain, $"<path class=\"arrow {Marks?.Arrow(arrow)}\" marker-end=\"url(#{id}-mui)\" d=\"{Rounded(way)}\">{title}</path>");
    }

    private void Step(StringBuilder html, DrawnStep step, Box box)
    {
        var mark = Marks?.Steps.GetValueOrDefault(step.Id);
        var lines = FlowText.Lines(step.Name, box.Width - 24, 2);
        var rows = lines.Count + (mark?.Note is null ? 0 : 1);
        var first = box.Middle - ((rows - 1) * LineHeight / 2) + 4.5;
        html.Append(Plain, $"<g id=\"{Text(IdOf(step.Id))}\" class=\"step {mark?.Class}\" data-step=\"{Text(step.Id)}\" data-kind=\"{Text(step.Kind)}\">")
            .Append(Plain, $"<title>{Text(step.Name)} ({Text(step.KindName)}){(mark?.Tooltip is { } told ? $"\n{Text(told)}" : "")}</title>")
            .Append(Plain, $"<rect x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"8\"/>")
            .Append(Plain, $"<rect class=\"kind\" x=\"{box.X:0.#}\" y=\"{box.Y + 8:0.#}\" width=\"5\" height=\"{box.Height - 16:0.#}\"/>");
        for (var i = 0; i < lines.Count; i++)
        {
            html.Append(Plain, $"<text class=\"name\" x=\"{box.X + 14:0.#}\" y=\"{first + (i * LineHeight):0.#}\">{Text(lines[i])}</text>");
        }

        if (mark?.Note is { } note)
        {
            html.Append(Plain, $"<text class=\"note\" x=\"{box.X + 14:0.#}\" y=\"{first + (lines.Count * LineHeight):0.#}\">{Text(note)}</text>");
        }

        if (mark?.Badge is { } badge)
        {
            var width = 14 + (badge.Length * 6.4);
            html.Append(Plain, $"<g class=\"badge\"><rect x=\"{box.Right - width - 6:0.#}\" y=\"{box.Y - 10:0.#}\" width=\"{width:0.#}\" height=\"20\" rx=\"10\"/>")
                .Append(Plain, $"<text x=\"{box.Right - 6 - (width / 2):0.#}\" y=\"{box.Y + 4:0.#}\">{Text(badge)}</text></g>");
        }

        html.Append("</g>");
    }

    private void Tabulate(StringBuilder html, IReadOnlyList<Chart> charts)
    {
        html.Append("<details class=\"flow-table\"><summary>Sơ đồ dưới dạng bảng</summary><div class=\"wide\"><table><thead><tr><th>Bước</th><th>Loại</th><th>Đi tiếp</th><th>Ghi chú</th></tr></thead><tbody>");
        foreach (var chart in charts)
        {
            foreach (var step in chart.Steps.DistinctBy(step => step.Id))
            {
                var mark = Marks?.Steps.GetValueOrDefault(step.Id);
                var ways = chart.Arrows.Where(arrow => arrow.From == step.Id)
                    .Select(arrow => $"{(arrow.Caption is { } caption ? $"{Text(caption)}: " : "")}→ {Text(Drawing.Steps.TryGetValue(arrow.To, out var to) ? to.Name : arrow.To)}");
                html.Append(Plain, $"<tr><td><a href=\"#{Text(IdOf(step.Id))}\">{Text(step.Name)}</a></td><td>{Text(step.KindName)}</td><td>{string.Join("<br>", ways)}</td>")
                    .Append(Plain, $"<td>{Text(string.Join(" · ", new[] { mark?.Badge, mark?.Note, mark?.Tooltip }.OfType<string>().Distinct()))}</td></tr>");
            }
        }

        html.Append("</tbody></table></div></details>");
    }

    private Box BoxOf(DrawnStep step)
    {
        var rows = FlowText.Lines(step.Name, step.Width - 24, 2).Count + (Marks?.Steps.GetValueOrDefault(step.Id)?.Note is null ? 0 : 1);
        return new(step.X, step.Y, step.Width, Math.Max(step.Height, (rows * LineHeight) + 18));
    }

    /// <summary>A line with soft corners.</summary>
    private static string Rounded(IReadOnlyList<Corner> way)
    {
        var path = new StringBuilder().Append(Plain, $"M{way[0].X:0.#} {way[0].Y:0.#}");
        for (var i = 1; i < way.Count - 1; i++)
        {
            var (before, after) = (Towards(way[i], way[i - 1]), Towards(way[i], way[i + 1]));
            path.Append(Plain, $"L{before.X:0.#} {before.Y:0.#}Q{way[i].X:0.#} {way[i].Y:0.#} {after.X:0.#} {after.Y:0.#}");
        }

        return path.Append(Plain, $"L{way[^1].X:0.#} {way[^1].Y:0.#}").ToString();
    }

    private static Corner Towards(Corner from, Corner to)
    {
        var length = Math.Max(Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2)), 0.01);
        var part = Math.Min(7, length / 2) / length;
        return new(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part));
    }

    /// <summary>Where a link in the page finds the step in the picture.</summary>
    private string IdOf(string stepId) => $"{Prefix}-buoc-{stepId}";

    private string Text(string text) => encoder.Encode(text);
}
