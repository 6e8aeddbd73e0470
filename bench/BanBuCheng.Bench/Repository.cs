namespace BanBuCheng.Bench;

/// <summary>The checkout this bench was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "BanBuCheng.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("Expected to run below a checkout with BanBuCheng.sln.");
    }
}
