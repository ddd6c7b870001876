using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>Something a person should know before a plan is run.</summary>
/// <param name="Blocking">The plan cannot be run with it.</param>
public sealed record PlanProblem(string Code, bool Blocking, string? OfficeId, string Sentence);

/// <summary>Everything that is wrong with a plan, or will need a decision.</summary>
internal sealed class PlanCheck(OfficeDirectory offices, DefinitionCache definitions, IDbContextFactory<EngineDb> contexts)
{
    public async Task<List<PlanProblem>> CheckAsync(ReorganisationPlan plan, DateOnly effectiveOn, CancellationToken cancellationToken)
    {
        var ending = plan.Ending.Select(change => change.From).ToHashSet(StringComparer.Ordinal);
        List<PlanProblem> problems =
        [
            .. plan.Changes.GroupBy(change => change.From).Where(group => group.Count() > 1)
                .Select(group => Blocking("OFFICE_TWICE", group.Key, "Đơn vị xuất hiện nhiều lần trong phương án.")),
            .. plan.Changes.SelectMany(change => Check(change, ending, effectiveOn)),
            .. Units(plan, ending, effectiveOn),
            .. Definitions(ending),
        ];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var listed = plan.Ending.SelectMany(change => change.Targets.SelectMany(target => (target.Dossiers ?? []).Select(code => (change.From, code)))).Distinct().ToList();
        var codes = listed.ConvertAll(one => one.code);
        var known = (await db.Dossiers.Where(dossier => codes.Contains(dossier.Code)).Select(dossier => dossier.Code).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(listed.Where(one => !known.Contains(one.code)).Select(one => new PlanProblem("DOSSIER_NOT_FOUND", false, one.From, $"Không có hồ sơ mã “{one.code}”.")));
        return problems;
    }

    private IEnumerable<PlanProblem> Check(OfficeChange change, HashSet<string> ending, DateOnly effectiveOn)
    {
        if (offices.TryFind(change.From) is not { } from)
        {
            yield return Blocking("OFFICE_NOT_FOUND", change.From, "Không có đơn vị này.");
            yield break;
        }

        if (!from.IsValidOn(effectiveOn.AddDays(-1)))
        {
            yield return Blocking("OFFICE_NOT_IN_FORCE", from.Id, $"“{from.Name}” không hoạt động vào ngày trước ngày sắp xếp.");
        }

        if (change.Rename is not null)
        {
            if (change.Targets.Count > 0)
            {
                yield return Blocking("RENAMED_AND_MOVED", from.Id, $"“{from.Name}” vừa đổi tên vừa có đơn vị kế thừa.");
            }

            yield break;
        }

        foreach (var target in change.Targets)
        {
            if (offices.TryFind(target.OfficeId) is not { } to)
            {
                yield return Blocking("OFFICE_NOT_FOUND", target.OfficeId, "Không có đơn vị này.");
            }
            else if (ending.Contains(to.Id))
            {
                yield return Blocking("TARGET_ENDS_TOO", to.Id, $"“{to.Name}” nhận công việc nhưng cũng kết thúc theo phương án này.");
            }
            else if (!to.IsValidOn(effectiveOn))
            {
                yield return Blocking("TARGET_NOT_IN_FORCE", to.Id, $"“{to.Name}” không hoạt động vào ngày sắp xếp.");
            }
        }

        foreach (var problem in Split(change, from))
        {
            yield return problem;
        }
    }

    private static IEnumerable<PlanProblem> Split(OfficeChange change, Office from)
    {
        if (change.Targets.Count == 0)
        {
            yield return new("NO_SUCCESSOR", false, from.Id, $"“{from.Name}” không có đơn vị kế thừa; từng hồ sơ phải được xem xét.");
        }

        if (change.Targets.Count < 2)
        {
            yield break;
        }

        if (change.Targets.All(target => target is { Hamlets: null or [], Dossiers: null or [] }))
        {
            yield return new("SPLIT_WITHOUT_RULE", false, from.Id, $"“{from.Name}” được chia cho {change.Targets.Count} đơn vị nhưng chưa có quy tắc; từng hồ sơ phải được xem xét.");
        }

        foreach (var hamlet in change.Targets.SelectMany(target => (target.Hamlets ?? []).Select(name => (Name: SearchText.Fold(name), target.OfficeId)))
            .Distinct().GroupBy(one => one.Name).Where(group => group.Count() > 1))
        {
            yield return Blocking("HAMLET_TWICE", from.Id, $"“{hamlet.Key}” được giao cho nhiều đơn vị.");
        }

        foreach (var code in change.Targets.SelectMany(target => (target.Dossiers ?? []).Select(one => (Code: one, target.OfficeId)))
            .Distinct().GroupBy(one => one.Code).Where(group => group.Count() > 1))
        {
            yield return Blocking("DOSSIER_TWICE", from.Id, $"Hồ sơ “{code.Key}” được giao cho nhiều đơn vị.");
        }
    }

    private IEnumerable<PlanProblem> Units(ReorganisationPlan plan, HashSet<string> ending, DateOnly effectiveOn) =>
        from change in plan.Ending
        where change.Targets.Count != 1
        from unit in offices.ValidOn(effectiveOn)
        where unit.ParentId == change.From && !ending.Contains(unit.Id)
        select Blocking("UNIT_NOT_PLACED", unit.Id, $"“{unit.Name}” trực thuộc một đơn vị bị chia hoặc giải thể nhưng phương án không nói về nó.");

    /// <summary>A procedure that names an old office would send work to nobody.</summary>
    private IEnumerable<PlanProblem> Definitions(HashSet<string> ending) =>
        from definition in definitions.AllPublished
        from node in definition.Nodes.Values
        from input in node.Inputs
        where input.Descriptor.Name is "Office" or "Offices"
        let named = input.Value?.Constant?.ToJsonString() ?? ""
        from office in ending
        where named.Contains($"\"{office}\"", StringComparison.Ordinal)
        select new PlanProblem("DEFINITION_NAMES_OFFICE", false, office, $"Quy trình “{definition.Name}”, bước “{node.Id}”, ghi đích danh đơn vị sẽ kết thúc; phải ban hành lại quy trình.");

    private static PlanProblem Blocking(string code, string? officeId, string sentence) => new(code, true, officeId, sentence);
}
