namespace BanBuCheng.Desk.Backup;

/// <summary>Why no backup was taken or nothing was restored; what was there before is there still.</summary>
#pragma warning disable CA1032 // A reason without its code cannot be told to a script.
public sealed class BackupRefusedException(BackupRefusal reason, string message, Exception? inner = null) : Exception(message, inner)
#pragma warning restore CA1032
{
    public BackupRefusal Reason { get; } = reason;
}

public enum BackupRefusal
{
    /// <summary>Not whole: cut off, changed, or not a backup at all.</summary>
    DamagedArchive,

    /// <summary>Made by a newer program.</summary>
    NewerSchema,

    /// <summary>Of another kind of database than the configured one, or of one that is backed up by its own means.</summary>
    OtherProvider,

    /// <summary>There are data already.</summary>
    TargetNotEmpty,

    /// <summary>A program works on these data.</summary>
    ServerRunning,

    /// <summary>The database is older than the program and has to be migrated first.</summary>
    SchemaBehind,

    /// <summary>There is a file of that name, and it is no backup.</summary>
    FileExists,
}
