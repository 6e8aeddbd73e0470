using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Backup;

/// <summary>Where a hall's data are: the database, and the folder with the key (on SQLite the database too).</summary>
public sealed record HallPlace(DatabaseProvider Provider, string Connection, string DataFolder)
{
    internal const string DatabaseFile = "desk.db";

    internal string Key => Path.Combine(DataFolder, KeyFile.Name);
    internal string Anchor => Path.Combine(DataFolder, JournalSeal.AnchorFile);
    public string Database => Path.Combine(DataFolder, DatabaseFile);

    /// <summary>What of a hall lies in the folder now; what a restore would have to put aside.</summary>
    internal IReadOnlyList<string> Files() =>
        [.. new[] { Key, Anchor, Database, Database + "-wal", Database + "-shm", Database + "-journal" }.Where(File.Exists)];
}
