using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Xunit;

namespace BanBuCheng.Engine.Tests.Durable;

public sealed class LinesOfTheJournal
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read_again()
    {
        JournalEntry[] entries =
        [
            new(JournalKind.InstanceStarted, "", "", "", 0, null, At),
            new(JournalKind.Started, "Task1", "main/station-triage/Task1", "BanBuCheng.HumanTask", 3, null, At),
            new(JournalKind.Line, "l", "main/l", "Elsa.WriteLine", 4, "第一行\n“第二行” \u0001 </script>", At.AddSeconds(2)),
            new(JournalKind.Completed, "odd/id", "main/odd/id", "T", 5, "Done,逾期", At),
            new(JournalKind.Faulted, "ask", "main/task", "T", 6, "", At),
        ];

        var text = JournalLines.Write(entries, At);

        Assert.Equal(entries.Length, text.Split('\n').Length);
        Assert.Equal(entries, JournalLines.Read(text, At));
        Assert.Contains("“第二行”", text, StringComparison.Ordinal);
        Assert.Equal("""{"k":"Started","n":"main/station-triage/Task1","t":"BanBuCheng.HumanTask","e":3}""", text.Split('\n')[1]);

        // Many packs in one, each with its own time.
        var later = At.AddHours(3).AddTicks(1234567);
        var many = JournalLines.Seal([(text, At), .. Enumerable.Repeat((JournalLines.Write([entries[1] with { At = later }, entries[3]], later), later), 40)]);
        Assert.Equal([.. entries, .. Enumerable.Repeat<JournalEntry[]>([entries[1] with { At = later }, entries[3]], 40).SelectMany(e => e)], JournalLines.Read(many, default));
        Assert.True(many.Length < 1_000);
    }
}
