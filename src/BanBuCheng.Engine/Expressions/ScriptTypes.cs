using System.Globalization;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace BanBuCheng.Engine.Expressions;

/// <summary>
/// The few .NET types that Elsa offers to scripts (<c>TimeSpan.FromMinutes(5)</c>). What they give is a value; nothing else of .NET can be
/// reached from it, and "now" is the engine's clock.
/// </summary>
internal static class ScriptTypes
{
    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["DateTime"] = typeof(DateTime), ["DateTimeOffset"] = typeof(DateTimeOffset), ["TimeSpan"] = typeof(TimeSpan), ["Guid"] = typeof(Guid), ["Random"] = typeof(Random),
    };

    public static bool TryInstall(Jint.Engine engine, string name, TimeProvider clock)
    {
        if (!Types.TryGetValue(name, out var type)) return false;
        var reference = TypeReference.CreateTypeReference(engine, type);
        if (name is "DateTime" or "DateTimeOffset")
        {
            // A flow has one clock, and it is in UTC.
            var now = JsValue.FromObject(engine, clock.GetUtcNow().UtcDateTime);
            foreach (var moment in (string[])["Now", "UtcNow"]) reference.FastSetProperty(moment, new PropertyDescriptor(now, PropertyFlag.None));
            if (name == "DateTime")
                reference.FastSetProperty("Today", new PropertyDescriptor(JsValue.FromObject(engine, clock.GetUtcNow().UtcDateTime.Date), PropertyFlag.None));
        }
        engine.SetValue(name, reference);
        return true;
    }

    /// <summary>A value of one of these types as a plain value; text for anything else.</summary>
    public static object? Plain(object? value) => value switch
    {
        TimeSpan or Guid or DateTime or DateTimeOffset => value,
        null => null,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.GetType().Name,
    };

    /// <summary>The clock behind <c>new Date()</c>.</summary>
    internal sealed class Clock(TimeProvider clock) : DefaultTimeSystem(TimeZoneInfo.Utc, CultureInfo.InvariantCulture)
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }
}
