using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Population;

/// <summary>Asks the population registry on behalf of the caller and keeps a record of every question.</summary>
internal sealed class PopulationQuestions(IServiceProvider services, CurrentPerson person, CommitLane lane, ILogger<PopulationQuestions> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="ProblemException">404 PERSON_NOT_FOUND; 503 POPULATION_NOT_AVAILABLE, POPULATION_UNREACHABLE.</exception>
    public async Task<(Guid Id, IReadOnlyList<(string Pointer, JsonNode Value, string Source)> Fields)> AskAsync(
        string procedureCode,
        string personalNumber,
        DateTimeOffset at,
        Func<JsonObject, IReadOnlyList<(string Pointer, JsonNode Value, string Source)>> read,
        CancellationToken cancellationToken)
    {
        var registry = services.GetService<IPopulationRegistry>() ?? throw new ProblemException(
            StatusCodes.Status503ServiceUnavailable, "POPULATION_NOT_AVAILABLE", "Hệ thống chưa kết nối cơ sở dữ liệu quốc gia về dân cư; hãy nhập trực tiếp.");
        var id = Guid.CreateVersion7(at);
        JsonObject? found = null;
        var outcome = "Unreachable";
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            found = await registry.LookUpAsync("Verify", new JsonObject { ["personalNumber"] = personalNumber }, id.ToString(), limit.Token);
            outcome = found is null ? "NotFound" : "Found";
        }
        catch (Exception failure) when (failure is HttpRequestException or System.Text.Json.JsonException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning(failure, "The population registry did not answer.");
        }

        var fields = found is null ? [] : read(found);
        var office = person.OfficesWhere(Role.Receptionist).Concat(person.OfficesWhere(Role.External)).First();
        // On record before anybody sees the answer.
        await lane.CommitAsync(new Changes().Insert(new PrefillRow
        {
            Id = id,
            ProcedureCode = procedureCode,
            PersonalNumber = personalNumber,
            AskedById = person.Id,
            AskedByName = person.FullName,
            OfficeId = office,
            AskedAt = at,
            Outcome = outcome,
            Fields = FormOrigins.Write(id, fields),
        }), cancellationToken);
        return outcome switch
        {
            "Found" => (id, fields),
            "NotFound" => throw new ProblemException(StatusCodes.Status404NotFound, "PERSON_NOT_FOUND", "Không tìm thấy người có số định danh này trong cơ sở dữ liệu quốc gia về dân cư."),
            _ => throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "POPULATION_UNREACHABLE", "Chưa kết nối được cơ sở dữ liệu quốc gia về dân cư; hãy thử lại hoặc nhập trực tiếp."),
        };
    }
}
