using PublicService.Dossiers;

namespace PublicService.Engine.Directories;

/// <summary>A procedure (thủ tục hành chính) as published for a span of dates.</summary>
/// <param name="Level">Who decides: xã, tỉnh, and mixtures, in the catalogue's words.</param>
/// <param name="OnlineLevel"><c>toan_trinh</c>, <c>mot_phan</c> or <c>truc_tiep</c>.</param>
/// <param name="NonBoundary">May be handed in at any office of the province (phi địa giới).</param>
/// <param name="Verified">Which of these facts were found in a source: <c>true</c>, <c>false</c> or a word, as in the seed data.</param>
/// <param name="DefinitionId">The workflow definition that carries it.</param>
/// <param name="DefinitionVersionId">The version of it that new dossiers run on; null takes the published one.</param>
/// <param name="FormSchema">JSON Schema of its electronic form; null when it has none yet.</param>
/// <param name="ReplacedBy">Code of the procedure that took its place when it ended.</param>
public sealed record Procedure(
    string Code,
    string Name,
    string Field,
    string Level,
    string Authority,
    string? Decision,
    TimeLimit Limit,
    Channels Channels,
    string OnlineLevel,
    IReadOnlyList<RequiredPaper> Papers,
    IReadOnlyList<ProcedureFee> Fees,
    IReadOnlyList<ProcedureResult> Results,
    bool NonBoundary,
    IReadOnlyList<string> Rules,
    string? Notes,
    IReadOnlyDictionary<string, string> Verified,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string DefinitionId,
    string? FormSchema,
    string? DefinitionVersionId = null,
    string? ReplacedBy = null)
{
    public bool IsValidOn(DateOnly date) => date >= ValidFrom && (ValidTo is null || date <= ValidTo);

    /// <exception cref="RefusedException">CHANNEL_NOT_ALLOWED.</exception>
    public void MustAllow(Channel channel)
    {
        var allowed = channel switch
        {
            Channel.Direct => Channels.Direct,
            Channel.Online => Channels.Online,
            Channel.Post => Channels.Post,
        };
        if (!allowed)
        {
            throw new RefusedException("CHANNEL_NOT_ALLOWED", $"Thủ tục “{Name}” không tiếp nhận theo hình thức này.");
        }
    }

    /// <summary>The office that decides: the one named, else the receiving commune itself.</summary>
    /// <exception cref="RefusedException">COMPETENT_OFFICE_REQUIRED, COMPETENT_OFFICE_WRONG_LEVEL.</exception>
    public Office CompetentOffice(string? named, Office receiving, Func<string, Office> find)
    {
        var office = named is not null ? find(named)
            : receiving.Level is OfficeLevel.Commune ? receiving
            : throw new RefusedException("COMPETENT_OFFICE_REQUIRED", "Phải chọn cơ quan có thẩm quyền giải quyết.");
        return Level == "xã" && office.Level is not OfficeLevel.Commune
            ? throw new RefusedException("COMPETENT_OFFICE_WRONG_LEVEL", $"Thủ tục “{Name}” do cấp xã giải quyết.")
            : office;
    }
}

/// <summary>The three ways to hand in a dossier (NĐ 118/2025).</summary>
public sealed record Channels(bool Direct, bool Post, bool Online);

/// <summary>A paper of the dossier (thành phần hồ sơ).</summary>
/// <param name="Id">Stable within the procedure: <c>P1</c>, <c>P2</c> ...</param>
/// <param name="Required">Must be there: no condition, and not replaced by data the authorities have.</param>
/// <param name="Condition">Only in this case.</param>
/// <param name="ReplacedByData">The database that makes the paper unnecessary.</param>
/// <param name="EForm">Name of the electronic form that takes its place.</param>
public sealed record RequiredPaper(
    string Id, string Name, int Originals, int Copies, bool Required, string? Condition, string? ReplacedByData, string? EForm);

/// <summary>A fee. <paramref name="Amount"/> null: set by the provincial People's Council and not on file; 0: free.</summary>
/// <param name="Cap">The amount is the most that is taken for one <paramref name="Per"/>.</param>
/// <param name="Channel">Only for this channel.</param>
public sealed record ProcedureFee(
    long? Amount, string Currency, string Per, string? Channel, bool Cap, string? SetBy, string? Exempt, string? Note);

/// <summary>What the applicant gets. <paramref name="Code"/> is the national code of the kind of result, where known.</summary>
public sealed record ProcedureResult(string? Code, string Name);
