namespace BanBuCheng.Web.Pages.Inbox;

/// <summary>The three lists of the inbox; the word stands in the address.</summary>
internal sealed record InboxQueue(string Word, string Name, string Icon)
{
    public static InboxQueue Mine { get; } = new("mine", "轮到我", "user");
    public static InboxQueue Group { get; } = new("group", "组里没人接", "users");
    public static InboxQueue Done { get; } = new("done", "办完的", "done");
    public static IReadOnlyList<InboxQueue> All { get; } = [Mine, Group, Done];

    public string Url => this == Mine ? "/inbox" : $"/inbox?queue={Word}";

    /// <summary>An unknown word is the first list.</summary>
    public static InboxQueue Of(string? word) => All.FirstOrDefault(q => q.Word == word) ?? Mine;
}
