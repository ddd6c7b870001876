using static PublicService.Dossiers.SyncStatus;

namespace PublicService.Dossiers;

/// <summary>Whether the national portal knows the present business status.</summary>
public enum SyncStatus
{
    NeverSent = 0,
    Pending = 1,
    Synced = 2,
    Rejected = 3,
}

/// <summary>All legal moves of the synchronisation status. A change of the business status always leads to <see cref="Pending"/>.</summary>
public static class SyncMoves
{
    public static bool Allows(SyncStatus from, SyncStatus to) => from switch
    {
        NeverSent => to is Pending,
        Pending => to is Synced or Rejected,
        Synced => to is Pending,
        Rejected => to is Pending,
    };

    public static string Word(this SyncStatus status) => status switch
    {
        NeverSent => "Chưa gửi",
        Pending => "Chờ đồng bộ",
        Synced => "Đã đồng bộ",
        Rejected => "Bị từ chối",
    };
}
