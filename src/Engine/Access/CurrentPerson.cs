using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>
/// Who asks, with the rights of today. One per request: a parameter of a route or a dependency of a handler.
/// On an anonymous route nobody may be signed in; then <see cref="Id"/> and everything like it fails with 401.
/// </summary>
public sealed class CurrentPerson(OfficeDirectory offices, TimeProvider time)
{
    private static readonly HashSet<string> Wide = new(StringComparer.Ordinal) { Role.Supervisor, Role.BusinessAdmin, Role.TechnicalAdmin };

    private KnownPerson? person;

    public bool IsSignedIn => person is not null;

    public string Id => Known.Id;

    public string UserName => Known.UserName;

    public string FullName => Known.FullName;

    /// <summary>Where the person belongs.</summary>
    public string? OfficeId => Known.OfficeId;

    /// <summary>Own and borrowed rights in force today (date in Viet Nam).</summary>
    public IReadOnlyList<Right> Rights { get; private set; } = [];

    /// <summary>Offices where the person holds this role, borrowed rights included; of a wide role only the top one.</summary>
    public IReadOnlyList<string> OfficesWhere(string role) =>
        [.. Rights.Where(right => right.Role == role && right.Only is null).Select(right => right.OfficeId).Distinct()];

    public bool Holds(string role) => Rights.Any(right => right.Role == role && right.Only is null);

    /// <summary>
    /// The role at this office. Supervisors and administrators hold it at every office beneath as well;
    /// other roles only there and at its internal units.
    /// </summary>
    /// <param name="field">Field of the procedure at hand; null asks for the right in any field.</param>
    /// <param name="act">The formal act at hand; without one a right that is limited to formal acts does not count.</param>
    public bool Holds(string role, string officeId, string? field = null, FormalActs? act = null) =>
        Fitting(role, officeId, field, act).Any();

    /// <summary>Any right at this office that brings work with it: who has one may look at the office's dossiers.</summary>
    public bool WorksAt(string officeId) =>
        Rights.Any(right => right.Role is not (Role.BusinessAdmin or Role.TechnicalAdmin) && Covers(right, officeId));

    /// <summary>Ids of those the caller substitutes for in this piece of work.</summary>
    public IEnumerable<string> SubstitutesFor(string role, string officeId, string? field, FormalActs? act) =>
        Fitting(role, officeId, field, act).Select(right => right.OnBehalfOf?.Id).OfType<string>();

    /// <exception cref="RefusedException">SUBSTITUTION_ENDED: the right was lent and is not any more.</exception>
    public void MustNotHaveLost(string role, string officeId, string? field, FormalActs? act)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        if (Known.Lent.FirstOrDefault(lent => lent.IsOver(today) && lent.RightsOn(today).Any(right => Fits(right, role, officeId, field, act))) is { } lost)
        {
            throw new RefusedException("SUBSTITUTION_ENDED", $"Thời gian uỷ quyền của “{lost.From.FullName}” đã kết thúc.");
        }
    }

    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public void MustHold(string role, string officeId, string? field = null)
    {
        if (!Holds(role, officeId, field))
        {
            throw Problems.RoleRequired(Role.Word(role), offices.TryFind(officeId)?.Name ?? officeId);
        }
    }

    /// <summary>
    /// The act to give to Dossiers. An own right comes before a borrowed one; with a borrowed one the act names the person substituted for.
    /// </summary>
    /// <param name="role">The role the act is done in; null when any right at the office will do.</param>
    /// <param name="formal">The formal act it is.</param>
    /// <param name="insteadOf">Id of the person whose work it is: then the right borrowed from that one comes first.</param>
    /// <exception cref="ProblemException">403 when the person has no such right at the office.</exception>
    public Act ActFor(string officeId, string? reason = null, string? role = null, FormalActs? formal = null, string? insteadOf = null)
    {
        var right = Rights
            .Where(one => (role is null || one.Role == role) && Covers(one, officeId) && one.Only.Covers(formal))
            .MinBy(one => insteadOf is not null && one.OnBehalfOf?.Id == insteadOf ? 0 : one.OnBehalfOf is null ? 1 : 2);
        if (right is null)
        {
            var name = offices.TryFind(officeId)?.Name ?? officeId;
            throw role is null ? Problems.OfficeRequired(name) : Problems.RoleRequired(Role.Word(role), name);
        }

        return new Act(Id, FullName, officeId, time.GetUtcNow(), reason, right.OnBehalfOf?.FullName);
    }

    internal void Is(KnownPerson known)
    {
        person = known;
        Rights = known.RightsOn(VietnamTime.DateOf(time.GetUtcNow()));
    }

    private KnownPerson Known => person ?? throw Problems.SignInRequired();

    private IEnumerable<Right> Fitting(string role, string officeId, string? field, FormalActs? act) =>
        Rights.Where(right => Fits(right, role, officeId, field, act));

    private bool Fits(Right right, string role, string officeId, string? field, FormalActs? act) => right.Role == role
        && Covers(right, officeId) && (field is null || right.Field is null || right.Field == field) && right.Only.Covers(act);

    private bool Covers(Right right, string officeId) => right.OfficeId == officeId
        || (offices.IsWithin(officeId, right.OfficeId) && (Wide.Contains(right.Role) || offices.TryFind(officeId)?.Kind is OfficeKind.InternalUnit));
}
