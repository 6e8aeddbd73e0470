namespace BanBuCheng.Desk.Deadlines;

/// <summary>The text is not a holiday notice, or names nothing that a calendar could use. The message is for a person.</summary>
public sealed class UnreadableNoticeException : FormatException
{
    public UnreadableNoticeException()
    {
    }

    public UnreadableNoticeException(string message)
        : base(message)
    {
    }

    public UnreadableNoticeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
