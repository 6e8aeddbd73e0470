using Xunit;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>A program that some tests need and a machine may lack.</summary>
public static class Component
{
    public static bool InCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips the running test and says how to get the component; in CI nothing may be skipped, so there it fails.</summary>
    public static void Missing(string what, string aptPackages)
    {
        var words = $"{what} is not here; install with: apt-get install -y {aptPackages}";
        if (InCi) Assert.Fail(words);
        Assert.Skip(words);
    }
}
