using PublicService.Dossiers;
using PublicService.Engine.Access;
using QRCoder;

namespace PublicService.Engine.Printing;

/// <summary>The address behind the QR code of a receipt.</summary>
public sealed class TrackingCode(SecretSeal seal, PrintingOptions options, IHttpContextAccessor accessor)
{
    /// <summary>
    /// The copies of form 01 a reader gets. The secret of the receipt lets its holder act as the citizen, so it stands only on the citizen's
    /// copy, for the citizen and for who hands it out; the address on the other copy asks for it.
    /// </summary>
    public IReadOnlyList<PaperCopy> CopiesOf(Dossier dossier, FormReader reader)
    {
        var kept = new PaperCopy("Liên 1: Lưu tại nơi tiếp nhận", AddressOf(dossier, ""));
        var given = new PaperCopy("Liên 2: Giao người nộp hồ sơ", AddressOf(dossier, dossier.SealedSecret is { } hidden ? seal.TryOpen(hidden) ?? "" : ""));
        return reader switch
        {
            FormReader.Desk => [kept, given],
            FormReader.Officer => [kept],
            FormReader.Citizen => [given],
        };
    }

    /// <summary>The code as a drawing, black on white, to be put into a page.</summary>
    public static string Draw(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        return drawing.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private string AddressOf(Dossier dossier, string secret) => (options.TrackingAddress ?? OwnAddress())
        .Replace("{code}", Uri.EscapeDataString(dossier.Code), StringComparison.Ordinal)
        .Replace("{secret}", secret, StringComparison.Ordinal);

    private string OwnAddress()
    {
        var request = accessor.HttpContext?.Request ?? throw new InvalidOperationException("Without a request Printing:TrackingAddress must be set.");
        return $"{request.Scheme}://{request.Host}{request.PathBase}/api/v1/tracking/{{code}}?secret={{secret}}";
    }
}

/// <summary>Who reads a form of a dossier.</summary>
public enum FormReader
{
    /// <summary>The desk that took it in and hands its receipt out.</summary>
    Desk = 1,

    /// <summary>Anybody else in an office who may see the dossier.</summary>
    Officer = 2,

    /// <summary>The citizen with the receipt.</summary>
    Citizen = 3,
}
