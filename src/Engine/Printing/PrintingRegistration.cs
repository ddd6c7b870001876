using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PublicService.Engine.Printing;

/// <summary>Wires what turns forms into pages and pages into PDF.</summary>
public static class PrintingRegistration
{
    public static IServiceCollection AddPrinting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Printing").Get<PrintingOptions>() ?? new PrintingOptions());
        // Components write Vietnamese letters as they are instead of as numbers.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<PagePrinter>();
        services.AddSingleton<PdfPrinter>();
        services.AddSingleton<TrackingCode>();
        services.AddScoped<IssuedForms>();
        return services.AddScoped<PrintedAnswer>();
    }
}
