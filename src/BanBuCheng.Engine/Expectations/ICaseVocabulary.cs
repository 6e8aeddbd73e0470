using System.Text.Json.Nodes;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Expectations;

/// <summary>
/// What a host adds to the format of the expectation files for documents with its own activities: where they find their world, further
/// steps, further things to see. One vocabulary serves one case; the format itself stays as it is.
/// </summary>
public interface ICaseVocabulary
{
    /// <summary>Key of the case file that asks for this vocabulary and holds what it wants to know beforehand.</summary>
    string Key { get; }

    IReadOnlyList<ActivityDescriptor> Activities { get; }
    IReadOnlyList<IHostValues> Values { get; }
    IServiceProvider Services { get; }

    FlowOptions Adjust(FlowOptions options);

    /// <summary>Before the definitions are loaded: the engine to work with, and documents that the case need not list.</summary>
    /// <returns>Texts of documents to publish first, parts before those who use them.</returns>
    IReadOnlyList<string> Open(FlowEngine engine, JsonNode? wanted, string folder);

    /// <summary>The input keys a step of this name may have; null when it is none of this vocabulary's.</summary>
    IReadOnlyCollection<string>? KeysOf(string step);

    /// <summary>Does a step of its own; <paramref name="advance"/> moves the clock and fires what is due.</summary>
    /// <returns>The instance to be known by the step's name from now on; null when there is no new one.</returns>
    ValueTask<Guid?> DoAsync(string what, JsonObject step, string name, Func<DateTimeOffset, ValueTask> advance, CancellationToken ct);

    /// <summary>After anything that ran: what the activities left to be done in the same step.</summary>
    ValueTask SettleAsync(CancellationToken ct);

    /// <summary>What is to be seen under an expectation's key, and how it is compared; null when the key is not this vocabulary's.</summary>
    SeenThing? See(string key, string name);
}

/// <param name="IsBag">A list compared as a multiset, each wanted object by the keys it names.</param>
public sealed record SeenThing(JsonNode? Value, bool IsBag = false);
