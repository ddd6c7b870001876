using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Supervision;

/// <summary>
/// What a supervisor or leader may look at: the office of the right and everything beneath. A right for one field of procedures shows that
/// field only; of several such rights the one of the field asked for counts, or the first.
/// </summary>
public sealed class SupervisionSight(CurrentPerson person, OfficeDirectory offices, ProcedureDirectory procedures, CalendarDirectory calendars, TimeProvider time)
{
    /// <summary>Who may look at all.</summary>
    public static readonly string[] Roles = [Role.Supervisor, Role.ProvinceLeader, Role.OfficeLeader, Role.DepartmentHead];

    private const int LongestDays = 3 * 366;

    /// <summary>The part of the province and the days a request is about.</summary>
    /// <exception cref="ProblemException">403 OFFICE_REQUIRED for an office that is not the caller's; 400 for a period that is none.</exception>
    public Scope Of(SupervisionFilter filter)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        var to = filter.To ?? today;
        var from = filter.From ?? new DateOnly(to.Year, to.Month, 1);
        new InputErrors()
            .When(from > to, "from", "Ngày bắt đầu sau ngày kết thúc.")
            .When(to.DayNumber - from.DayNumber > LongestDays, "to", "Không quá ba năm.")
            .When(filter.Office is { } id && offices.TryFind(id) is null, "office", "Không có đơn vị này.")
            .ThrowIfAny();
        var rights = Held(filter.Field);
        var places = rights.Select(right => right.OfficeId).Distinct().ToList();
        return new(OfficesIn(filter.Office, places), ProceduresIn(filter, rights[0].Field), Moment(from, to, today));
    }

    /// <summary>Whether an office is the caller's to look at.</summary>
    public bool Covers(string officeId) => Held(null).Any(right => offices.IsWithin(officeId, right.OfficeId));

    /// <summary>The rights that count: all without a field, else those of one field.</summary>
    private List<Right> Held(string? field)
    {
        var held = person.Rights.Where(right => Roles.Contains(right.Role)).ToList();
        var whole = held.Where(right => right.Field is null).ToList();
        if (whole.Count > 0)
        {
            return whole;
        }

        var one = held.Find(right => right.Field == field) ?? held.FirstOrDefault() ?? throw Problems.RoleRequired(Role.Word(Role.Supervisor));
        return [.. held.Where(right => right.Field == one.Field)];
    }

    private IReadOnlyList<string>? OfficesIn(string? asked, List<string> places)
    {
        if (asked is null)
        {
            return places.Contains(offices.Root.Id) ? null : [.. offices.All.Select(office => office.Id).Where(id => places.Exists(place => offices.IsWithin(id, place)))];
        }

        if (!places.Exists(place => offices.IsWithin(asked, place)))
        {
            throw Problems.OfficeRequired(offices.TryFind(asked)!.Name);
        }

        return asked == offices.Root.Id ? null : [.. offices.All.Select(office => office.Id).Where(id => offices.IsWithin(id, asked))];
    }

    private IReadOnlyList<string>? ProceduresIn(SupervisionFilter filter, string? field)
    {
        if (filter.Procedure is null && filter.Field is null && field is null)
        {
            return null;
        }

        return [.. procedures.All
            .Where(one => (filter.Procedure is null || one.Code == filter.Procedure) && (filter.Field is null || one.Field == filter.Field) && (field is null || one.Field == field))
            .Select(one => one.Code).Distinct()];
    }

    private Moment Moment(DateOnly from, DateOnly to, DateOnly today)
    {
        var next = calendars.For(offices.Root.Id, today).NextWorkingDay(today);
        return new(time.GetUtcNow(), today, from, to, next);
    }
}

/// <summary>What every view of supervision can be narrowed to.</summary>
/// <param name="Office">This office and all beneath.</param>
/// <param name="From">First day of the period, the first of the month when not given; dates are those of Viet Nam.</param>
/// <param name="To">Last day, today when not given.</param>
public sealed record SupervisionFilter(string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To);

/// <param name="Offices">Competent offices in view; null is all.</param>
/// <param name="Procedures">Codes in view; null is all.</param>
public sealed record Scope(IReadOnlyList<string>? Offices, IReadOnlyList<string>? Procedures, Moment At);

/// <summary>The instants a view is made at.</summary>
public sealed record Moment(DateTimeOffset Now, DateOnly Today, DateOnly From, DateOnly To, DateOnly NextWorkingDay)
{
    public DateTimeOffset PeriodFrom { get; } = VietnamTime.At(From, TimeOnly.MinValue);

    public DateTimeOffset PeriodEnd { get; } = VietnamTime.At(To.AddDays(1), TimeOnly.MinValue);

    public DateTimeOffset NextDayFrom { get; } = VietnamTime.At(NextWorkingDay, TimeOnly.MinValue);

    public DateTimeOffset NextDayEnd { get; } = VietnamTime.At(NextWorkingDay.AddDays(1), TimeOnly.MinValue);
}
