using BanBuCheng.Desk.Deadlines;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>
/// 用掉的加剩下的，总是那么多 — one case's clock under any sequence of days going by, pauses, resumptions, re-classing, extensions and
/// changes of the calendar, against a tally kept by hand.
/// </summary>
public sealed class UsedAndLeft
{
    private const int Sequences = 10_000;
    private static readonly DeadlinePolicy Policy = DeadlinePolicy.Default;

    // Two years' notices are enough for any sequence, and quick to lay something over.
    private static readonly WorkingCalendar Base = WorkingCalendar.Of(WorkingCalendar.BuiltIn.Notices.Where(n => n.Year is 2025 or 2026));
    private static readonly DateOnly First = new(2025, 1, 1);

    private static readonly Gen<(int Move, int Size)[]> Moves = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1000]).Array[1, 24];

    [Fact(DisplayName = "R-06、R-07、R-08、R-09：怎么停、怎么恢复、改难易、延时、改日历，用掉的加剩下的不变，总共不过十五天")]
    public void R_06_R_07_R_08_R_09_used_and_left_are_conserved() =>
        Gen.Select(Gen.Int[0, 450], Gen.Int[0, 2].Select(i => (Difficulty)i), Moves)
            .Sample((start, difficulty, moves) => new Clock(First.AddDays(start), difficulty).Play(moves), iter: Sequences);

    /// <summary>The case's clock as the desk keeps it, and beside it what a person with a pencil would count.</summary>
    private sealed class Clock
    {
        private readonly DateOnly accepted;
        private readonly List<Pause> pauses = [];
        private readonly HashSet<DateOnly> touched = [];
        private WorkingCalendar calendar = Base;
        private Difficulty difficulty;
        private DateOnly today;
        private int extended;
        private int used;
        private bool todayCounted;

        public Clock(DateOnly accepted, Difficulty difficulty) => (this.accepted, this.difficulty, today) = (accepted, difficulty, accepted);

        private bool Paused => pauses.Count > 0 && pauses[^1].Until is null;
        private int Period => Policy.PeriodOf(difficulty, extended);
        private DateOnly Due => calendar.Due(accepted, Period, pauses, today).Date;

        public bool Play((int Move, int Size)[] moves)
        {
            foreach (var (move, size) in moves)
            {
                var before = Due;
                switch (move)
                {
                    case 0 or 1 or 2:
                        for (var days = size % 4 + 1; days > 0; days--) NextDay();
                        break;
                    case 3 when !Paused:
                        pauses.Add(new Pause(today, null, ""));
                        Touch();
                        Assert.True(Due >= before, "A pause moved the date forward.");
                        break;
                    case 4 when Paused:
                        pauses[^1] = pauses[^1] with { Until = today };
                        Assert.True(Due >= before, "A resumption moved the date forward.");
                        break;
                    case 5:
                        var old = difficulty;
                        difficulty = (Difficulty)(size % 3);
                        Assert.True(Policy.LimitOf(difficulty) >= Policy.LimitOf(old) ? Due >= before : Due <= before, "Another class moved the date the wrong way.");
                        break;
                    case 6 or 7 when !Paused:
                        Extend(size % 20 - 1, before);
                        break;
                    case 8:
                        Edit(today.AddDays(size % 30 + 1), off: true);
                        Assert.True(Due >= before, "A day off moved the date forward.");
                        break;
                    case 9:
                        Edit(today.AddDays(size % 30 + 1), off: false);
                        Assert.True(Due <= before, "A day worked moved the date back.");
                        break;
                }

                Check();
            }

            return true;
        }

        private void NextDay()
        {
            today = today.AddDays(1);
            todayCounted = false;
            if (Paused) touched.Add(today);
            else if (calendar.Counts(today))
            {
                used++;
                todayCounted = true;
            }
        }

        /// <summary>A pause takes the day it begins on out of the count.</summary>
        private void Touch()
        {
            touched.Add(today);
            if (todayCounted) used--;
            todayCounted = false;
        }

        private void Extend(int days, DateOnly before)
        {
            var verdict = Policy.Judge(difficulty, Policy.LimitOf(difficulty), days, extended > 0 ? 1 : 0, today <= before);
            var lawful = days > 0 && difficulty != Difficulty.Simple && extended == 0 && today <= before && Policy.LimitOf(difficulty) + days <= 15;
            Assert.Equal(lawful, verdict is ExtensionVerdict.Allowed);
            if (!lawful) return;
            extended = days;
            Assert.True(Due > before, "An extension did not move the date.");
        }

        private void Edit(DateOnly day, bool off) => calendar = calendar.With(new HolidayNotice
        {
            Kind = NoticeKind.Change,
            Year = day.Year,
            KnownOn = today,
            Holidays = off ? [new(day, "临时放假")] : [],
            MakeUpWorkdays = off ? [] : [new(day, "临时上班")],
        });

        private void Check()
        {
            Assert.InRange(Period, 1, 15);
            Assert.Equal(used, calendar.Elapsed(accepted, today, pauses));
            Assert.Equal(Period, used + calendar.Remaining(accepted, Period, today, pauses));
            if (Paused || today >= Due) return;

            var left = 0;
            for (var day = today.AddDays(1); day <= Due; day = day.AddDays(1))
            {
                if (calendar.Counts(day) && !touched.Contains(day)) left++;
            }

            Assert.Equal(Period, used + left);
        }
    }
}
