using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Population;

/// <summary>
/// Fills in a form from the population registry (CSDLQG về dân cư) by personal number. Every question is put on record before it is
/// answered, also one that finds nobody. Refuses with PERSON_NOT_FOUND (404), POPULATION_NOT_AVAILABLE, POPULATION_UNREACHABLE (503).
/// </summary>
public static partial class PrefillForm
{
    /// <param name="Section">JSON pointer of the part that is about this person, e.g. <c>/mother</c>; the first one without it.</param>
    public sealed record Body(string PersonalNumber, string? Section = null);

    public sealed record Command(string Code, Body Body) : IRequest<Reply>;

    /// <param name="Id">Give it back in <c>prefills</c> when the dossier is handed in.</param>
    /// <param name="Sections">Every part of the form that can be filled in so.</param>
    /// <param name="Form">The values at their places.</param>
    public sealed record Reply(Guid Id, string Section, IReadOnlyList<string> Sections, JsonObject Form, IReadOnlyList<Filled> Fields);

    /// <param name="Pointer">JSON pointer of the field.</param>
    public sealed record Filled(string Pointer, string Source, DateTimeOffset AskedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedures/{code}/prefill", async (string code, Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            response.Headers.CacheControl = "private, no-store";
            return await mediator.Send(new Command(code, body), cancellationToken);
        })
        .RequireRole(Role.Receptionist, Role.External);

    public sealed partial class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.PersonalNumber, "personalNumber", 12)
            .Shape(input.Body.PersonalNumber, "personalNumber", PersonalNumber(), "Số định danh cá nhân có 12 chữ số.")
            .OptionalText(input.Body.Section, "section", 300);

        [GeneratedRegex(@"^[0-9]{12}\z")]
        private static partial Regex PersonalNumber();
    }

    internal sealed class Handler(ProcedureDirectory procedures, FormValidator validator, PopulationQuestions questions, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var procedure = procedures.TryFind(request.Code, VietnamTime.DateOf(time.GetUtcNow())).FindOrRefuse("Thủ tục");
            var form = PopulationForm.Read(procedure.FormSchema.FindOrRefuse("Biểu mẫu điện tử của thủ tục này"));
            var section = request.Body.Section ?? (form.Sections is [var first, ..] ? first : null);
            if (section is null || !form.Sections.Contains(section))
            {
                throw Problems.InvalidInput("section", form.Sections.Count == 0
                    ? "Biểu mẫu này không có trường nào lấy từ cơ sở dữ liệu dân cư."
                    : $"Biểu mẫu có các phần: {string.Join(", ", form.Sections)}.");
            }

            var asked = time.GetUtcNow();
            var (id, fields) = await questions.AskAsync(
                procedure.Code, request.Body.PersonalNumber, asked, person => [.. form.Fill(section, person, validator)], cancellationToken);
            return new(id, section, form.Sections, Placed(fields), [.. fields.Select(field => new Filled(field.Pointer, field.Source, asked))]);
        }

        /// <summary>An object with the values where their pointers say.</summary>
        private static JsonObject Placed(IEnumerable<(string Pointer, JsonNode Value, string Source)> fields)
        {
            var root = new JsonObject();
            foreach (var (pointer, value, _) in fields)
            {
                string[] path = [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
                var at = root;
                foreach (var name in path[..^1])
                {
                    at = (JsonObject)(at[name] ??= new JsonObject());
                }

                at[path[^1]] = value.DeepClone();
            }

            return root;
        }
    }
}
