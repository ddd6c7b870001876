using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tests.NationalPortal;

/// <summary>Dossiers that live random but legal lives through the engine's own door, one click at a time, the same for the same seed.</summary>
internal sealed class RandomDossiers(int seed)
{
    public static readonly string[] Offices = ["phuong-hong-gai", "phuong-ha-long", "sxd"];

    // With and without a fee, with and without a national code of the result, at both levels.
    private static readonly (string Code, int Limit, string Result)[] Procedures =
        [("1.001193", 1, "KQ.G15.000031"), ("2.000635", 1, "KQ.G15.000342"), ("1.013225", 15, ""), ("2.001263", 25, "KQ.G15.000031")];

    private readonly Random random = new(seed);
    private readonly List<Guid> ids = [];
    private int number;

    public IReadOnlyList<Guid> Ids => ids;

    public int Next(int below) => random.Next(below);

    public async Task SubmitAsync(IServiceProvider services)
    {
        var at = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var office = Offices[Next(Offices.Length)];
        var act = new Act("lan", "Trần Thị Lan", office, at);
        var agency = services.GetRequiredService<OfficeDirectory>().AgencyCode(office);
        var dossier = Dossier.Submit(
            new Submission
            {
                Id = new Guid(Bytes()),
                Code = DossierCode.For(agency, at, ++number),
                ProcedureCode = Procedures[Next(Procedures.Length)].Code,
                Title = "Hồ sơ thử",
                Channel = (Channel)(1 + Next(3)),
                Applicant = new Applicant("Nguyễn Văn An", IdNumber(), "0912345678"),
                ReceivingOfficeId = office,
                CompetentOfficeId = office,
            },
            act);
        await services.GetRequiredService<ClickRoom>().CreateAsync(dossier, act, _ => Task.CompletedTask, (_, _) => { }, default);
        ids.Add(dossier.Id);
    }

    /// <summary>One random act on a random dossier.</summary>
    public Task ActAsync(IServiceProvider services)
    {
        var id = ids[Next(ids.Count)];
        var choice = Next(20);
        var amount = (1 + Next(5)) * 10_000L;
        var (first, second) = (new Guid(Bytes()), new Guid(Bytes()));
        return services.GetRequiredService<ClickRoom>().ClickAsync(
            id,
            id.ToString(),
            new Act("lan", "Trần Thị Lan", "phuong-hong-gai", DateTimeOffset.MinValue),
            click =>
            {
                var dossier = click.Dossier!;
                var calendar = services.GetRequiredService<DossierSubjects>().CalendarOf(dossier);
                Apply(click, dossier, calendar, choice, amount, first);
                if (choice == 13 && dossier.IsOpen)
                {
                    AddPaper(click, dossier, second);
                }

                return Task.CompletedTask;
            },
            (_, _) => { },
            default);
    }

    /// <summary>Gives those their identity who have none.</summary>
    public async Task CorrectAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContext();
        foreach (var id in await db.Dossiers.Where(dossier => dossier.ApplicantIdNumber == null).Select(dossier => dossier.Id).ToListAsync())
        {
            await services.GetRequiredService<ClickRoom>().ClickAsync(
                id,
                id.ToString(),
                new Act("lan", "Trần Thị Lan", "phuong-hong-gai", DateTimeOffset.MinValue),
                click =>
                {
                    click.Dossier!.CorrectApplicant(new Applicant("Nguyễn Văn An", "022090000001"), "Bổ sung số định danh", click.Act);
                    return Task.CompletedTask;
                },
                (_, _) => { },
                default);
        }
    }

    private static void Apply(Click click, Dossier dossier, WorkCalendar calendar, int choice, long amount, Guid newId)
    {
        var act = click.Act;
        switch (dossier.BusinessStatus, choice)
        {
            case (BusinessStatus.Registered, < 14):
                dossier.Receive(TimeLimit.WorkingDays(Of(dossier).Limit), calendar, act);
                if (choice < 10)
                {
                    dossier.Begin(act);
                }

                break;
            case (BusinessStatus.Registered, 14):
                dossier.NotAccept("Không thuộc thẩm quyền", act);
                break;
            case (BusinessStatus.Received, < 12):
                dossier.Begin(act);
                break;
            case (BusinessStatus.Registered or BusinessStatus.Received or BusinessStatus.InProgress, 15):
                dossier.RequestSupplement(["Giấy chứng sinh"], "Thiếu giấy tờ", 5, act);
                break;
            case (BusinessStatus.AwaitingSupplement, < 12):
                dossier.ProvideSupplement(["Giấy chứng sinh"], calendar, act);
                break;
            case (BusinessStatus.AwaitingPayment, < 12):
                dossier.ConfirmPayment("BL-1", calendar, choice < 8 ? Act.System(act.At) : act);
                break;
            case (BusinessStatus.InProgress, 16) when dossier.FinancialStatus is not FinancialStatus.Due:
                dossier.RequestPayment(amount, "Luật Đất đai", "Nộp thuế", act);
                break;
            case (BusinessStatus.InProgress, 12) when dossier.FinancialStatus is not FinancialStatus.Due:
                dossier.RequestFee(amount, act);
                break;
            case (BusinessStatus.InProgress, 11) when dossier.FinancialStatus is FinancialStatus.Due:
                dossier.ConfirmPayment("BL-2", calendar, act);
                break;
            case (BusinessStatus.InProgress, 9 or 10):
                dossier.Note(LedgerAct.DataLookedUp, """{"source":"CSDLQG về dân cư","outcome":"Có dữ liệu"}""", act);
                break;
            case (BusinessStatus.InProgress, < 6) when dossier.OpenPauses is PauseKinds.None:
                Finish(click, dossier, act, newId, choice);
                break;
            case (BusinessStatus.InProgress, 6) when dossier.DueAt is not null:
                dossier.Recompute(calendar.AddWorkingDays(dossier.DueAt.Value, 1), calendar, "Đổi lịch làm việc", act);
                break;
            case (BusinessStatus.InProgress, 17):
                dossier.Forward(dossier.CompetentOfficeId == "phuong-hong-gai" ? "phuong-ha-long" : "phuong-hong-gai", act);
                break;
            case (BusinessStatus.InProgress, 18):
                dossier.Stop("Không đủ điều kiện", act);
                break;
            case (BusinessStatus.InProgress or BusinessStatus.Received or BusinessStatus.Registered, 19):
                dossier.Withdraw("Công dân rút", act);
                break;
            case (BusinessStatus.Finished, < 12):
                dossier.Return("Nguyễn Văn An", ReturnMethod.Counter, act);
                break;
            case (BusinessStatus.Finished, 12):
                dossier.Reopen("Sai tên", act);
                click.Changes.Execute($"update results set revoked_at = {act.At} where dossier_id = {dossier.Id} and revoked_at is null");
                break;
            default:
                dossier.Note(LedgerAct.TaskCompleted, $$"""{"title":"Thẩm tra","outcome":"Lần {{dossier.LedgerLength}}"}""", act);
                break;
        }
    }

    private static void Finish(Click click, Dossier dossier, Act act, Guid id, int choice)
    {
        dossier.Finish("12/2026", Of(dossier).Result, act);
        if (choice < 4)
        {
            click.Changes.Insert(new ResultRow
            {
                Id = id,
                DossierId = dossier.Id,
                Code = Of(dossier).Result,
                Name = "Kết quả",
                Data = "{}",
                IssuedAt = act.At,
                IssuedBy = act.ActorName,
                OfficeId = dossier.CompetentOfficeId,
            });
            dossier.Note(LedgerAct.DocumentIssued, $$"""{"result":"{{Of(dossier).Result}}","number":"12/2026"}""", act);
        }
    }

    private static void AddPaper(Click click, Dossier dossier, Guid id)
    {
        dossier.AttachPaper("Tờ khai", "to-khai.pdf", "00", click.Act);
        click.Changes.Insert(new PaperRow
        {
            Id = id,
            DossierId = dossier.Id,
            Name = "Tờ khai",
            Kind = "P1",
            FileName = "to-khai.pdf",
            MediaType = "application/pdf",
            Size = 1,
            Sha256 = "00",
            UploadedAt = click.Act.At,
            UploadedBy = "Trần Thị Lan",
        });
    }

    private static (string Code, int Limit, string Result) Of(Dossier dossier) => Array.Find(Procedures, one => one.Code == dossier.ProcedureCode);

    /// <summary>Personal number, old card, enterprise, passport, or nothing.</summary>
    private string? IdNumber() => Next(12) switch
    {
        0 => null,
        1 => "5700123456",
        2 => "B1234567",
        3 => "100200300",
        _ => "0220900" + Next(100_000).ToString("00000", CultureInfo.InvariantCulture),
    };

    private byte[] Bytes()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }
}
