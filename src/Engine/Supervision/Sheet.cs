using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PublicService.Dossiers;

namespace PublicService.Engine.Supervision;

/// <summary>A column of a table that leaves as a spreadsheet.</summary>
/// <param name="Value">A number, an instant, a date or text; null is an empty cell.</param>
public sealed record SheetColumn<T>(string Header, Func<T, object?> Value, double Width = 14);

/// <summary>
/// Writes a table as xlsx, row by row, so that its memory does not grow with it. Text is always an inline string and marked as text, so nothing that
/// somebody typed into a name can become a formula, here or when the cell is edited.
/// </summary>
public static class Sheet
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows a sheet can hold, without the header.</summary>
    public const int MostRows = 1_048_575;

    private const uint DateTimeStyle = 1;
    private const uint DateStyle = 2;
    private const uint TextStyle = 3;
    private const uint HeaderStyle = 4;
    private const int LongestText = 32_767;

    /// <param name="output">Must be seekable: the package is a zip file.</param>
    public static async Task WriteAsync<T>(Stream output, string name, IReadOnlyList<SheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        using var document = SpreadsheetDocument.Create(output, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        var part = workbook.AddNewPart<WorksheetPart>();
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteElement(new SheetViews(new SheetView(
                new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
            writer.WriteElement(new Columns(columns.Select((column, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = column.Width, CustomWidth = true })));
            writer.WriteStartElement(new SheetData());
            writer.WriteElement(new Row(columns.Select(column => Text(column.Header, HeaderStyle))));
            var count = 0;
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                if (++count > MostRows)
                {
                    throw new RefusedException("TABLE_TOO_LONG", "Bảng có quá nhiều dòng cho một tệp, hãy chọn khoảng thời gian ngắn hơn.");
                }

                writer.WriteElement(new Row(columns.Select(column => CellOf(column.Value(row)))));
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        workbook.Workbook = new Workbook(new Sheets(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = name }));
    }

    private static Cell CellOf(object? value) => value switch
    {
        null => new Cell(),
        int or long or double => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), null),
        DateTimeOffset instant => Number(VietnamTime.Local(instant).DateTime.ToOADate(), DateTimeStyle),
        DateOnly date => Number(date.ToDateTime(TimeOnly.MinValue).ToOADate(), DateStyle),
        _ => Text(value.ToString() ?? "", TextStyle),
    };

    private static Cell Number(double value, uint? style) => new()
    {
        CellValue = new CellValue(value),
        DataType = CellValues.Number,
        StyleIndex = style,
    };

    private static Cell Text(string text, uint style) => new(new InlineString(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }))
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
    };

    /// <summary>Without what XML cannot hold, and no longer than a cell.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not 0xFFFE and not 0xFFFF ? rune.ToString() : " ");
        }

        return clean.Length <= LongestText ? clean.ToString() : clean.ToString(0, LongestText);
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd/mm/yyyy hh:mm" }, new NumberingFormat { NumberFormatId = 165, FormatCode = "dd/mm/yyyy" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true, QuotePrefix = true },
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true, FontId = 1, ApplyFont = true }));
}
