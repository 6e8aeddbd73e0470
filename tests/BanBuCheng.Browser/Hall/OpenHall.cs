using System.Text.RegularExpressions;
using BanBuCheng.Browser.Given;
using Xunit;

namespace BanBuCheng.Browser.Hall;

/// <summary>One demo hall for all who only look at it, on Wednesday, 14 October 2026, at 10:05: always the same day, so that pictures can be compared.</summary>
public sealed partial class OpenHall : IAsyncLifetime
{
    public const string Now = "2026-10-14 10:05";
    private readonly Dictionary<string, Visitor> _people = [];

    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // First, so that a missing browser is told before a hall is opened for nothing.
        await Chromium.SharedAsync();
        Site = await Site.OpenAsync(Now);
    }

    /// <summary>Somebody who has entered; the same browser for the whole run.</summary>
    public async Task<Visitor> AsAsync(string? name)
    {
        if (!_people.TryGetValue(name ?? "", out var visitor)) _people[name ?? ""] = visitor = name is null ? await Visitor.OpenAsync(Site) : await Visitor.EnterAsync(Site, name);
        return visitor;
    }

    /// <summary>The number of the demo's case with this subject.</summary>
    public async Task<string> NumberOfAsync(string subject)
    {
        var head = await AsAsync("温敬之");
        await head.GoAsync($"cases?q={Uri.EscapeDataString(subject)}");
        return CaseNumber().Match(await head.Page.Locator("main").InnerTextAsync()).Value;
    }

    /// <summary>The query code, as the demo's page of messages shows it.</summary>
    public async Task<string> CodeOfAsync(string number)
    {
        var window = await AsAsync("段小禾");
        await window.GoAsync("messages");
        for (var page = 0; page < 20; page++)
        {
            if (Regex.Match(await window.TextAsync(), $"编号{number}，查询码(\\d{{6}})") is { Success: true } found) return found.Groups[1].Value;
            await window.Page.GetByText("再看更早的").ClickAsync();
        }

        throw new InvalidOperationException($"Expected a message with the code of {number}, but there is none.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _people.Values) await visitor.DisposeAsync();
        if (Site is not null) await Site.DisposeAsync();
    }

    [GeneratedRegex("B\\d{10}[A-Z34]")]
    private static partial Regex CaseNumber();
}

/// <summary>The classes that share it.</summary>
[CollectionDefinition(nameof(OpenHall))]
public sealed class OpenHallCollection : ICollectionFixture<OpenHall>;
