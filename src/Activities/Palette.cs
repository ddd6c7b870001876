namespace PublicService.Activities;

/// <summary>Where our activities stand in the designer's palette.</summary>
internal static class Palette
{
    public const string Category = "Dịch vụ công";
}
