namespace BanBuCheng.Web.Commands;

/// <summary>What a verb tells the shell.</summary>
internal static class ExitCodes
{
    public const int Good = 0, Findings = 1, WrongUse = 2, Unexpected = 3;
}
