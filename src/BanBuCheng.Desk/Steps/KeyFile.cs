using System.Security.Cryptography;

namespace BanBuCheng.Desk.Steps;

/// <summary>The master key of the personal data: a file of 32 bytes in the data folder, readable by its owner only.</summary>
public static class KeyFile
{
    public const string Name = "field.key";

    /// <summary>Reads the key, or makes one when the folder has none. A damaged key is an error, never replaced: data would be lost.</summary>
    public static byte[] ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(dataDirectory);
            else Directory.CreateDirectory(dataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
            file.Flush(flushToDisk: true);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == 32
            ? key
            : throw new InvalidDataException($"Expected 32 bytes in {path}, but it has {key.Length}. Restore the key from the backup; without it names and phone numbers cannot be read.");
    }
}
