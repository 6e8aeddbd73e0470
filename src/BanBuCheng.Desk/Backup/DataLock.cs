namespace BanBuCheng.Desk.Backup;

/// <summary>
/// A lock file in the data folder that tells a program that works on the data from a restore that would pull them away. The operating
/// system lets go of it when its holder ends, in whatever way.
/// </summary>
public sealed class DataLock : IDisposable
{
    public const string Name = "desk.lock";
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>For a program that serves: several nodes of one server database may share a folder, SQLite has one program.</summary>
    /// <returns>Null when somebody holds it in a way that does not go together.</returns>
    public static DataLock? Take(string dataFolder, bool shared)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(dataFolder);
        else Directory.CreateDirectory(dataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return new DataLock(new FileStream(Path.Combine(dataFolder, Name), FileMode.OpenOrCreate,
                shared ? FileAccess.Read : FileAccess.ReadWrite, shared ? FileShare.Read : FileShare.None));
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
