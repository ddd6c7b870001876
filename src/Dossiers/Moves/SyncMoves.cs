using static PublicService.Dossiers.SyncStatus;

namespace PublicService.Dossiers;

/// <summary>Whether the national portal knows everything of the dossier that <see cref="PortalNews"/> says it must hear.</summary>
public enum SyncStatus
{
    NeverSent = 0,
    Pending = 1,
    Synced = 2,
    Rejected = 3,
}

/// <summary>All legal moves of the synchronisation status. Every line the portal must hear of leads to <see cref="Pending"/>, also sending again what still waits.</summary>
public static class SyncMoves
{
    public static bool Allows(SyncStatus from, SyncStatus to) => from switch
    {
        NeverSent => to is Pending,
        Pending => to is Synced or Rejected or Pending,
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
