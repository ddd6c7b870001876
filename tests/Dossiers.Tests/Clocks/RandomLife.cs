namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>
/// A dossier that lives a random but legal life in a random office. Beside it grows the plain list of when which pause opened and closed,
/// which is all the oracle needs.
/// </summary>
internal sealed class RandomLife
{
    private readonly RandomWorld world;
    private PauseKinds open;

    public RandomLife(int seed)
    {
        world = new RandomWorld(seed);
        Wall = ReceivedAt = world.AnyWall();
        Dossier = Dossiers.Dossier.Submit(A.Submission(), Act);
        Dossier.Receive(world.AnyLimit(), world.Calendar, Act);
        Dossier.Begin(Act);
        for (var steps = world.Number(9); steps > 0; steps--)
        {
            Step();
        }

        if (world.Number(2) == 0)
        {
            End();
        }
    }

    public Dossier Dossier { get; }

    public RandomWorld World => world;

    public DateTime ReceivedAt { get; }

    /// <summary>When the pauses that are open changed, and which are open from then on.</summary>
    public List<(DateTime Wall, PauseKinds Open)> Changes { get; } = [];

    public DateTime? EndedAt { get; private set; }

    /// <summary>The present on the wall.</summary>
    public DateTime Wall { get; private set; }

    private Act Act => A.Act(RandomWorld.Instant(Wall));

    public PauseKinds OpenAt(DateTime wall) => Changes.LastOrDefault(change => change.Wall <= wall).Open;

    public void Later() => Wall = Wall.AddMinutes(world.Number(60 * 24 * 6));

    private void Step()
    {
        Later();
        switch (Dossier.BusinessStatus, world.Number(4))
        {
            case (BusinessStatus.AwaitingSupplement, < 3):
                Dossier.ProvideSupplement(["CCCD"], world.Calendar, Act);
                Close(PauseKinds.Supplement);
                break;
            case (BusinessStatus.AwaitingPayment, < 3):
                Dossier.ConfirmPayment("BL-1", world.Calendar, Act);
                Close(PauseKinds.Payment);
                break;
            case (BusinessStatus.InProgress, 0):
                Dossier.RequestSupplement(["CCCD"], "Thiếu", null, Act);
                Open(PauseKinds.Supplement);
                break;
            case (BusinessStatus.InProgress, 1):
                Dossier.RequestPayment(1000, A.Law, "Thuế", Act);
                Open(PauseKinds.Payment);
                break;
            case (BusinessStatus.InProgress, 2):
                Dossier.Forward(Dossier.CompetentOfficeId + "x", Act);
                break;
            case (_, _) when open.HasFlag(PauseKinds.ExcludedStep):
                Dossier.Resume(world.Calendar, Act);
                Close(PauseKinds.ExcludedStep);
                break;
            default:
                Dossier.PauseFor(A.Law, "Niêm yết", Act);
                Open(PauseKinds.ExcludedStep);
                break;
        }
    }

    private void End()
    {
        Later();
        EndedAt = Wall;
        if (Dossier.BusinessStatus is BusinessStatus.InProgress && open is PauseKinds.None)
        {
            Dossier.Finish("1", null, Act);
        }
        else
        {
            Dossier.Stop("Quá hạn bổ sung", Act);
        }
    }

    private void Open(PauseKinds kind) => Changes.Add((Wall, open |= kind));

    private void Close(PauseKinds kind) => Changes.Add((Wall, open &= ~kind));
}
