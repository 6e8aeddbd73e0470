using System.Text.RegularExpressions;

namespace BanBuCheng.Engine.Expressions;

/// <summary>The form of a name in a script's accessors: <c>order_total</c> is read by <c>getOrderTotal()</c>.</summary>
internal static partial class AccessorNames
{
    public static string Pascal(string name) => name.AsSpan().IndexOfAny(' ', '_', '-') < 0
        ? name.Length == 0 || !char.IsAsciiLetterLower(name[0]) ? name : char.ToUpperInvariant(name[0]) + name[1..]
        : WordStart().Replace(name, m => m.Groups[1].Value.ToUpperInvariant());

    /// <summary>The first of the names whose form this is; the plain one with a great first letter is understood too.</summary>
    public static string? Find(IEnumerable<string> names, string pascal)
    {
        foreach (var name in names)
        {
            if (name.Length == pascal.Length && char.ToUpperInvariant(name[0]) == pascal[0] && name.AsSpan(1).SequenceEqual(pascal.AsSpan(1))) return name;
            if (name.AsSpan().IndexOfAny(' ', '_', '-') >= 0 && Pascal(name) == pascal) return name;
        }
        return null;
    }

    [GeneratedRegex("(?:[ _-]+|^)([a-zA-Z])")]
    private static partial Regex WordStart();
}
