namespace PublicService.Engine.Files;

/// <summary>Wires the file store.</summary>
public static class FilesRegistration
{
    public static IServiceCollection AddFiles(this IServiceCollection services, FileStoreOptions options) =>
        services.AddSingleton(options).AddSingleton<FileStore>();
}
